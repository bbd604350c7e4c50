import { ConfigurationError } from '../configuration/configuration-error.js'
import { HOST_SHAPE } from '../guard/check-host.js'

interface Shape {
  readonly shape: RegExp
  readonly example: string
}

const SHAPES: Readonly<Record<'allowedHosts' | 'allowedOrigins', Shape>> = {
  allowedHosts: { shape: HOST_SHAPE, example: 'notes.internal' },
  allowedOrigins: { shape: /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$/, example: 'https://app.example.com' },
}

/** An allow list names each entry: a wildcard would switch the check off. */
export function checkAllowList(
  name: 'allowedHosts' | 'allowedOrigins',
  list: readonly string[] = [],
): readonly string[] {
  const { shape, example } = SHAPES[name]
  const wrong = list.filter((entry) => !shape.test(entry))
  if (wrong.length === 0) return list
  throw new ConfigurationError(
    wrong.map((entry) => `${name}: ${JSON.stringify(entry)} cannot be used.\nName each one, such as ${example}.`),
  )
}
