import { type FetchLike, UnauthorizedError } from '@modelcontextprotocol/client'
import { toArguments, toFailure, toResult } from './call.js'
import { Connection } from './connection.js'
import type { ClientDefinition, ClientTool } from './definition.js'
import { authorize, type Credentials, finishAuthorization, isOAuth, providerFor } from './login.js'
import { unionOfScopes } from './needed-scopes.js'
import type { CallResult } from './result.js'
import type { MethodsOf } from './types.js'

export interface ClientOptions<Name extends string> {
  /** The resource: the address of the MCP endpoint. */
  readonly url: string | URL
  /** The tools that it is used for, and for whose scopes a login asks; all of them by default. */
  readonly tools?: readonly Name[]
  /** Whose tokens are sent: an OAuth client of the official SDK, or whatever gives tokens. None for public tools. */
  readonly authProvider?: Credentials
  /** What the client calls itself; the server's name with `-client` by default. */
  readonly clientName?: string
  readonly fetch?: FetchLike
}

/** `authorized`: call again. `redirected`: the user was sent to log in, and `finishLogIn` comes next. */
export type LogInOutcome = 'authorized' | 'redirected'

/** A client of one server, for one user. */
export interface ToolClient<Tools> {
  readonly tools: MethodsOf<Tools>
  /** The union of the scopes of the tools that it was made for. */
  readonly scopes: readonly string[]
  /** Asks for these scopes: those of all its tools, or those that a result names. Throws if that cannot be done. */
  logIn(scopes?: readonly string[]): Promise<LogInOutcome>
  /** Takes what the callback of a login brought. Throws if the user did not agree. */
  finishLogIn(callback: URLSearchParams): Promise<void>
  close(): Promise<void>
}

export type ClientFactory<Tools> = <const Name extends keyof Tools & string = keyof Tools & string>(
  options: ClientOptions<Name>,
) => ToolClient<Pick<Tools, Name>>

/** Makes the function that `client.gen.ts` exports. `Tools` says what each tool takes and gives. */
export function clientFactory<Tools>(definition: ClientDefinition): ClientFactory<Tools> {
  return <Name extends keyof Tools & string>(options: ClientOptions<Name>) => {
    const names = options.tools ?? Object.keys(definition.tools)
    // What the definition holds for these names is what the types say.
    return makeClient(definition, names, options) as unknown as ToolClient<Pick<Tools, Name>>
  }
}

type Method = (input?: unknown) => Promise<CallResult<unknown>>

function makeClient(
  definition: ClientDefinition,
  names: readonly string[],
  options: Omit<ClientOptions<string>, 'tools'>,
): Omit<ToolClient<never>, 'tools'> & { readonly tools: Readonly<Record<string, Method>> } {
  const { authProvider, clientName = `${definition.server}-client` } = options
  const target = { url: new URL(options.url), fetch: options.fetch ?? fetch }
  const scopes = unionOfScopes(definition.tools, names)
  let redirected = false
  const provider =
    authProvider &&
    providerFor(authProvider, target, scopes, () => {
      redirected = true
      throw new UnauthorizedError('The user was sent to log in.')
    })
  const connection = new Connection({ ...target, name: clientName, authProvider: provider })

  async function call(name: string, tool: ClientTool, input: unknown): Promise<CallResult<unknown>> {
    redirected = false
    try {
      const client = await connection.client()
      return toResult(tool, await client.callTool({ name, arguments: toArguments(tool.input, input) }))
    } catch (error) {
      return toFailure(error, tool, { scopes, redirected })
    }
  }

  function oauth() {
    if (authProvider !== undefined && isOAuth(authProvider)) return authProvider
    throw new TypeError(
      'This client was made without an OAuth client, so that it cannot log in: pass one as authProvider.',
    )
  }

  return {
    tools: methods(definition, names, call),
    scopes,
    async logIn(wanted = scopes) {
      const outcome = await authorize(oauth(), target, { scopes: wanted, anew: true })
      return outcome === 'REDIRECT' ? 'redirected' : 'authorized'
    },
    finishLogIn: (callback) => finishAuthorization(oauth(), target, callback),
    close: () => connection.close(),
  }
}

function methods(
  { tools }: ClientDefinition,
  names: readonly string[],
  call: (name: string, tool: ClientTool, input: unknown) => Promise<CallResult<unknown>>,
): Readonly<Record<string, Method>> {
  const found = names.map((name) => {
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined
    if (tool === undefined) throw new TypeError(`This server has no tool ${JSON.stringify(name)}.`)
    return [name, (input?: unknown) => call(name, tool, input)] as const
  })
  // Without a prototype: a tool may have any name, and nothing else answers to one.
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(found)) as Record<string, Method>)
}
