export type {
  Access,
  AnyOfScopes,
  ArgumentScopes,
  AuthorizeRequest,
  LoginRule,
  ObjectRule,
  OnlyFor,
  ScopeSet,
  WhenDenied,
} from './access.js'
export {
  type Ask,
  type BooleanField,
  type ChoiceField,
  type ChoicesField,
  type FormAnswer,
  type FormField,
  type FormFields,
  form,
  type NumberField,
  type Question,
  type QuestionKind,
  type Root,
  roots,
  type SamplingAnswer,
  type SamplingRequest,
  sample,
  type TextField,
  type VisitAnswer,
  visit,
} from './ask.js'
export {
  type AudienceCompatibility,
  type AuthRule,
  type EmbeddedAuth,
  embedded,
  type IntrospectionOptions,
  type OidcAuth,
  type OidcOptions,
  oidc,
  type TokenExchangeOptions,
} from './auth.js'
export type { Changes } from './changes.js'
export type { ClientName } from './client-name.js'
export type { Completions } from './complete.js'
export {
  audio,
  type ContentAnnotations,
  type ContentBlock,
  type EmbeddedBlock,
  image,
  type LinkBlock,
  link,
  type MediaBlock,
  resource,
  type TextBlock,
  text,
} from './content.js'
export type { Caller, CallerContext, PublicContext, ToolRequest } from './context.js'
export type { Downstream, DownstreamContext, ExchangedToken } from './downstream.js'
export { type EnvOptions, type EnvSetting, env, type Setting } from './env.js'
export type { Icon, IconType } from './icon.js'
export { type JsonSchemaObject, jsonSchema } from './json-schema.js'
export type { ServerLimits, ToolAudit, ToolLimits } from './limits.js'
export type { JsonValue, Metadata } from './metadata.js'
export {
  type ArgumentsSchema,
  definePrompt,
  type PromptMessage,
  type PromptResult,
  type PromptSpec,
} from './prompt.js'
export { PromptError } from './prompt-error.js'
export type { Register, ScopeName, Services } from './register.js'
export {
  defineResource,
  type ListedResource,
  type ResourceBlob,
  type ResourceContent,
  type ResourceResult,
  type ResourceSpec,
  type ResourceText,
  type Subscribable,
  type TextSchema,
} from './resource.js'
export { ResourceError } from './resource-error.js'
export type { InputOf, OutputOf, StandardSchema } from './schema.js'
export { type AuthRules, type Denials, defineServer, type ScopeDeclaration, type ServerSpec } from './server.js'
export { type Boot, defineServices, type ServicesSpec } from './services.js'
export { type TokenExchangeCode, TokenExchangeError } from './token-exchange-error.js'
export {
  defineTool,
  type ToolAnnotations,
  type ToolContent,
  type ToolSpec,
} from './tool.js'
export { ToolError } from './tool-error.js'
export type { VariableName } from './uri-template.js'
export type { LogLevel, Progress, Use, UsesContext } from './uses.js'
