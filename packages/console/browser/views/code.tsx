import type { JSX } from 'preact'
import { CopyButton } from './copy-button.js'
import { Scroll } from './scroll.js'

interface CodeProps {
  readonly text: string
  /** What it is, for whoever cannot see it. */
  readonly label: string
  readonly copy?: boolean
}

/** A block of text as it is; long lines scroll inside of it. */
export function Code({ text, label, copy = false }: CodeProps): JSX.Element {
  return (
    <div class="code">
      <Scroll label={label}>
        <pre>
          <code>{text}</code>
        </pre>
      </Scroll>
      {copy && <CopyButton text={text} what={label} />}
    </div>
  )
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? ''
}
