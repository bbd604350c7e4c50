/** The starters, in the order in which they are offered; each is a folder of that name. */
export const TEMPLATES = {
  minimal: 'one tool for everybody, one for who is signed in',
  notes: 'data of each user, kept in a database',
  api: 'tools that ask an HTTP API',
} as const

export const AUTHS = {
  embedded: 'comes with the project, for development',
  oidc: 'one that you have, with OpenID Connect or RFC 8414 metadata',
} as const

export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const

export type TemplateName = keyof typeof TEMPLATES
export type AuthName = keyof typeof AUTHS
export type PackageManagerName = (typeof PACKAGE_MANAGERS)[number]

export const DEFAULTS = { name: 'my-mcp-server', template: 'minimal', auth: 'embedded' } as const

/** Everything that is to be decided about a new project. */
export interface Choices {
  /** Absolute path of its folder. */
  readonly directory: string
  /** What npm calls it. */
  readonly name: string
  readonly template: TemplateName
  readonly auth: AuthName
  /** The issuer of its tokens, when `auth` is `oidc` and it is known. */
  readonly issuer: string | undefined
}
