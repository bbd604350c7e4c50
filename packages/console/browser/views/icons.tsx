import type { JSX } from 'preact'

export function Shield(): JSX.Element {
  return (
    <Icon size={24}>
      <path d="M12 3l7 3v5c0 4.600-3 8.300-7 10-4-1.700-7-5.400-7-10V6z" />
      <path d="M9 12l2 2 4-4" />
    </Icon>
  )
}

export function CopyIcon(): JSX.Element {
  return (
    <Icon size={16}>
      <rect x="9" y="9" width="11" height="11" rx="2.500" />
      <path d="M15 9V6.500A2.500 2.500 0 0 0 12.500 4h-6A2.500 2.500 0 0 0 4 6.500v6A2.500 2.500 0 0 0 6.500 15H9" />
    </Icon>
  )
}

export function CheckIcon(): JSX.Element {
  return (
    <Icon size={16}>
      <path d="M5 12.500l4.500 4.500L19 7.500" />
    </Icon>
  )
}

function Icon({ size, children }: { size: number; children: JSX.Element | JSX.Element[] }): JSX.Element {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}
