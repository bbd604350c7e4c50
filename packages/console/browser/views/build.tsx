import type { JSX } from 'preact'
import type { ConsoleBuild } from '../../src/definition.js'
import { PlaceLink } from './place-link.js'

export function BuildChip({ build }: { readonly build: ConsoleBuild }): JSX.Element {
  const { status, milliseconds, findings } = build
  const warnings = findings.filter(({ severity }) => severity === 'warning').length
  const text = {
    building: 'Building …',
    live: `Live after ${duration(milliseconds)}`,
    failed: 'Build failed',
  }[status]
  return (
    <p class={`chip build ${status}`} role="status">
      <span class="lamp" aria-hidden="true" />
      {text}
      {status === 'live' && warnings > 0 && `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`}
    </p>
  )
}

/** What keeps the last build from being live, or what it warns of. */
export function BuildFailure({ build, directory }: { build: ConsoleBuild; directory: string }): JSX.Element | null {
  const { status, findings } = build
  if (findings.length === 0 && status !== 'failed') return null
  const failed = status === 'failed'
  return (
    <section class={`note ${failed ? 'bad' : 'warn'} findings`} aria-labelledby="findings">
      <h2 id="findings">
        {failed ? 'The last build failed: the server still runs as it was before' : 'The build has warnings'}
      </h2>
      <ul>
        {findings.map(({ place, severity, code, message, fix }) => (
          <li key={`${place} ${code} ${message}`}>
            <PlaceLink place={place} directory={directory} />{' '}
            <strong>
              {severity} {code}
            </strong>
            <p>{message}</p>
            {fix !== undefined && <p>Fix: {fix}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
