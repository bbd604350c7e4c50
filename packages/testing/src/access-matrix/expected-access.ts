import type { AccessPolicy, IssuerPolicy, ServerDefinition, ServerOptions, Setting } from '@mcp-secure/runtime'

/** One thing that can be asked for, and who may. */
export type ExpectedItem = { readonly name: string } & AccessPolicy & (ExpectedTool | ExpectedResource | ExpectedPrompt)

export interface ExpectedTool {
  readonly kind: 'tool'
}

export interface ExpectedResource {
  readonly kind: 'resource'
  /** One URI, or a template. */
  readonly uri: string
  /** The variables that it suggests values for. */
  readonly completes: readonly string[]
  /** Whether it says itself which there are for a caller. */
  readonly lists: boolean
}

export interface ExpectedPrompt {
  readonly kind: 'prompt'
  /** The arguments that it suggests values for. */
  readonly completes: readonly string[]
}

/** What a scope counts for. */
export interface ExpectedScope {
  readonly baseline: boolean
  readonly implies: readonly string[]
}

/**
 * Who may do what, as the spec said when `mcp-gen build` ran: what the server
 * is measured by. It stands in the generated test and not in the policy, so that
 * a policy that was changed by hand is found out.
 */
export interface ExpectedAccess {
  /** The name of the server, which every challenge carries as its realm. */
  readonly server: string
  readonly resource: Setting
  readonly issuers: readonly IssuerPolicy[]
  /** In the order of their declaration. */
  readonly scopes: Readonly<Record<string, ExpectedScope>>
  readonly items: readonly ExpectedItem[]
}

/** What an answer is read from: the part of a Fastify app that the matrix needs. */
export interface AppUnderTest {
  inject(request: {
    readonly method: 'GET' | 'POST' | 'DELETE'
    readonly url: string
    readonly headers: Record<string, string>
    readonly payload?: string
  }): Promise<{
    readonly statusCode: number
    readonly headers: Readonly<Record<string, unknown>>
    readonly payload: string
  }>
  close(): Promise<unknown>
}

/** What `access.gen.test.ts` hands over: the server's parts, and what they should come to. */
export interface AccessMatrixOptions {
  readonly serverFactory: (definition: ServerDefinition) => (options: ServerOptions) => Promise<AppUnderTest>
  readonly definition: Omit<ServerDefinition, 'services'>
  readonly expected: ExpectedAccess
}
