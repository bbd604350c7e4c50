export { type AuthRule, type EmbeddedAuth, embedded, type OidcAuth, type OidcOptions, oidc } from './auth.js'
export type { ClientName } from './client-name.js'
export type { Caller, CallerContext, PublicContext, ToolRequest } from './context.js'
export { type EnvOptions, type EnvSetting, env, type Setting } from './env.js'
export { type JsonSchemaObject, jsonSchema } from './json-schema.js'
export type { Register, ScopeName, Services } from './register.js'
export type { InputOf, OutputOf, StandardSchema } from './schema.js'
export { defineServer, type ScopeDeclaration, type ServerSpec } from './server.js'
export { defineServices, type ServicesSpec } from './services.js'
export {
  type ContentBlock,
  defineTool,
  type ToolAccess,
  type ToolAnnotations,
  type ToolContent,
  type ToolSpec,
} from './tool.js'
export { ToolError } from './tool-error.js'
