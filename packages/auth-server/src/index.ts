export { type AuthorizationServerOptions, createAuthorizationServer } from './authorization-server.js'
export { ConfigurationError } from './configuration/configuration-error.js'
export type {
  AuthorizationServerDefinition,
  EnvSetting,
  IssuerDefinition,
  ScopeDefinition,
  Setting,
} from './definition.js'
export { serve } from './serve.js'
