import type { ComponentChildren, JSX } from 'preact'

interface ScrollProps {
  /** What it is, for whoever cannot see it. */
  readonly label: string
  readonly class?: string
  readonly children: ComponentChildren
}

/** What is too wide for the page scrolls in itself, with the keyboard too. */
export function Scroll({ label, class: name = '', children }: ScrollProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, and a section would be one landmark too many
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class={`scroll ${name}`} role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  )
}
