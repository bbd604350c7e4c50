import {
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
  specTypeSchemas,
} from '@modelcontextprotocol/server'

type Handler = (request: JSONRPCRequest, context: ServerContext) => Promise<Result>

/** Of `tools/call` the SDK does this itself. */
const SCHEMAS: Readonly<Record<string, (typeof specTypeSchemas)[keyof typeof specTypeSchemas]>> = {
  initialize: specTypeSchemas.InitializeRequest,
  'tools/list': specTypeSchemas.ListToolsRequest,
  'resources/list': specTypeSchemas.ListResourcesRequest,
  'resources/templates/list': specTypeSchemas.ListResourceTemplatesRequest,
  'resources/read': specTypeSchemas.ReadResourceRequest,
  'resources/subscribe': specTypeSchemas.SubscribeRequest,
  'resources/unsubscribe': specTypeSchemas.UnsubscribeRequest,
  'prompts/list': specTypeSchemas.ListPromptsRequest,
  'prompts/get': specTypeSchemas.GetPromptRequest,
  'completion/complete': specTypeSchemas.CompleteRequest,
  'logging/setLevel': specTypeSchemas.SetLevelRequest,
}

/**
 * The SDK's server, except that parameters of the wrong shape are -32602, the
 * client's mistake (JSON-RPC 2.0 section 5.1), and not a failure of the server.
 */
export class CheckedServer extends Server {
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    const schema = SCHEMAS[method]
    if (schema === undefined) return super._wrapHandler(method, handler)
    return super._wrapHandler(method, async (request, context) => {
      const { issues } = schema['~standard'].validate(request)
      if (issues !== undefined) throw misfit(issues[0])
      return handler(request, context)
    })
  }
}

interface Issue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
}

function misfit(issue: Issue | undefined): ProtocolError {
  const path = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  // What stands before the colon is all that the log gets.
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid parameters: ${path}: ${issue?.message ?? ''}`)
}
