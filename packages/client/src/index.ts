export { type ClientFactory, type ClientOptions, clientFactory, type LogInOutcome, type ToolClient } from './client.js'
export type { ClientDefinition, ClientTool, ClientTools } from './definition.js'
export type { CallFailure, CallResult } from './result.js'
export type { ArgumentsOf, Json, MethodsOf, TextOutput, ValueOf } from './types.js'
