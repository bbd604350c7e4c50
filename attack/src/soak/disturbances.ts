import type { HostileIssuer } from '../world/hostile-issuer.js'

/** Something that goes wrong for a while, and then no more. */
export interface Disturbance {
  readonly name: 'keys-fail' | 'introspection-fails' | 'rotation'
  /** When it begins and ends, as parts of the whole time. */
  readonly from: number
  readonly to: number
  begin(issuer: HostileIssuer): void
  end(issuer: HostileIssuer): void
}

const introspectionFails = (from: number, to: number, how: { status?: number; hangUp?: boolean }): Disturbance => ({
  name: 'introspection-fails',
  from,
  to,
  begin: (issuer) => issuer.stage('introspection', how),
  end: (issuer) => issuer.stage('introspection'),
})

/** Part of the time between two steps of a rotation: in a run of 10 minutes longer than a server waits to look again. */
const STEP = 0.02

/** New keys are published, then used, and then the old ones are gone: as an issuer does it that means well. */
const rotation = (from: number): readonly Disturbance[] => [
  {
    name: 'rotation',
    from,
    to: from + STEP,
    begin: (issuer) => issuer.publishNextKeys(),
    end: (issuer) => issuer.useNextKeys(),
  },
  {
    name: 'rotation',
    from: from + STEP,
    to: from + 2 * STEP,
    begin: () => {},
    end: (issuer) => issuer.forgetOldKeys(),
  },
]

/** In this order in every run, so that figures can be compared. What else can go wrong is one more row. */
export const DISTURBANCES: readonly Disturbance[] = [
  ...rotation(0.1),
  introspectionFails(0.2, 0.3, { status: 500 }),
  ...rotation(0.35),
  {
    name: 'keys-fail',
    from: 0.45,
    to: 0.55,
    begin: (issuer) => issuer.stage('jwks', { status: 500 }),
    end: (issuer) => issuer.stage('jwks'),
  },
  ...rotation(0.6),
  introspectionFails(0.7, 0.75, { hangUp: true }),
  ...rotation(0.85),
]
