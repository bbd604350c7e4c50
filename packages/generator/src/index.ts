export {
  type AccessReport,
  type Builder,
  type BuilderOptions,
  type BuildOptions,
  type BuildResult,
  type BuiltFile,
  build,
  createBuilder,
} from './build.js'
export type { DiagnosticCode, Severity } from './diagnostics/catalogue.js'
export type { Diagnostic, Place } from './diagnostics/diagnostic.js'
export type { Change, Effect, Subject } from './lock/change.js'
