import type { SoakWorld } from './soak-world.js'

/** What servers depend on and goes wrong. */
export type Disturbed = Pick<SoakWorld, 'issuer' | 'redis'>

/** Something that goes wrong for a while, and then no more. */
export interface Disturbance {
  readonly name: 'keys-fail' | 'introspection-fails' | 'rotation' | 'redis-away'
  /** When it begins and ends, as parts of the whole time. */
  readonly from: number
  readonly to: number
  begin(world: Disturbed): unknown
  end(world: Disturbed): unknown
}

export const introspectionFails = (
  from: number,
  to: number,
  how: { readonly status?: number; readonly hangUp?: boolean },
): Disturbance => ({
  name: 'introspection-fails',
  from,
  to,
  begin: ({ issuer }) => issuer.stage('introspection', how),
  end: ({ issuer }) => issuer.stage('introspection'),
})

/** The Redis ends at once, and is back later with nothing in it. */
export const redisAway = (from: number, to: number): Disturbance => ({
  name: 'redis-away',
  from,
  to,
  begin: ({ redis }) => redis?.kill(),
  end: ({ redis }) => redis?.restart(),
})

/** Part of the time between two steps of a rotation: in a run of 10 minutes longer than a server waits to look again. */
const STEP = 0.02

/** New keys are published, then used, and then the old ones are gone: as an issuer does it that means well. */
const rotation = (from: number): readonly Disturbance[] => [
  {
    name: 'rotation',
    from,
    to: from + STEP,
    begin: ({ issuer }) => issuer.publishNextKeys(),
    end: ({ issuer }) => issuer.useNextKeys(),
  },
  {
    name: 'rotation',
    from: from + STEP,
    to: from + 2 * STEP,
    begin: () => {},
    end: ({ issuer }) => issuer.forgetOldKeys(),
  },
]

/** In this order in every run, so that figures can be compared. What else can go wrong is one more row. */
export const DISTURBANCES: readonly Disturbance[] = [
  redisAway(0.05, 0.06),
  ...rotation(0.1),
  introspectionFails(0.2, 0.3, { status: 500 }),
  // While the issuer cannot be asked, too.
  redisAway(0.24, 0.27),
  ...rotation(0.35),
  {
    name: 'keys-fail',
    from: 0.45,
    to: 0.55,
    begin: ({ issuer }) => issuer.stage('jwks', { status: 500 }),
    end: ({ issuer }) => issuer.stage('jwks'),
  },
  ...rotation(0.6),
  introspectionFails(0.7, 0.75, { hangUp: true }),
  ...rotation(0.85),
  redisAway(0.92, 0.94),
]
