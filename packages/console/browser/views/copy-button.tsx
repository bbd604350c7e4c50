import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { CheckIcon, CopyIcon } from './icons.js'

/** How long a button says that it copied, in milliseconds. */
const SHOWN = 2000

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): JSX.Element {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | undefined>(undefined)
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(setOutcome, SHOWN, undefined)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  }
  return (
    <>
      <button type="button" class="copy" aria-label={`Copy ${what}`} onClick={copy}>
        {outcome === 'copied' ? <CheckIcon /> : <CopyIcon />}
        <span aria-hidden="true">
          {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not allowed' : 'Copy'}
        </span>
      </button>
      <span class="hidden" role="status">
        {outcome === 'copied' ? `Copied ${what}` : outcome === 'refused' ? 'The browser does not allow copying' : ''}
      </span>
    </>
  )
}
