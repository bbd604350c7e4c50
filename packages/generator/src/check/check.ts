import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { accessConflict } from './access-conflict.js'
import { annotationUnknown } from './annotation-unknown.js'
import { baselineMissing } from './baseline-missing.js'
import { descriptionMissing } from './description-missing.js'
import { emptyScopes } from './empty-scopes.js'
import { envNameUnsafe } from './env-name-unsafe.js'
import { foreignFile } from './foreign-file.js'
import { handlerMissing } from './handler-missing.js'
import { headerAnnotationExposes } from './header-annotation-exposes.js'
import { headerAnnotationMisplaced } from './header-annotation-misplaced.js'
import { impliesCycle } from './implies-cycle.js'
import { impliesUnknownScope } from './implies-unknown-scope.js'
import { introspectionMissing } from './introspection-missing.js'
import { issuerUnsafe } from './issuer-unsafe.js'
import { nameTaken } from './name-taken.js'
import { outputNotClosed } from './output-not-closed.js'
import { repeatedScope } from './repeated-scope.js'
import { reservedScope } from './reserved-scope.js'
import { resourceUnsafe } from './resource-unsafe.js'
import type { CheckInput, Rule } from './rule.js'
import { schemaAcceptsAnything } from './schema-accepts-anything.js'
import { schemaNotPortable } from './schema-not-portable.js'
import { schemaReferenceUnresolved } from './schema-reference-unresolved.js'
import { scopeDescriptionMissing } from './scope-description-missing.js'
import { secretWrittenDown } from './secret-written-down.js'
import { serverPropertyMissing } from './server-property-missing.js'
import { toolWithoutAccess } from './tool-without-access.js'
import { unknownClient } from './unknown-client.js'
import { unknownScope } from './unknown-scope.js'
import { unsafeName } from './unsafe-name.js'
import { unsafeScopeName } from './unsafe-scope-name.js'

/** Every rule there is. None can be switched off. */
const RULES: readonly Rule[] = [
  // who may call a tool
  toolWithoutAccess,
  accessConflict,
  emptyScopes,
  unknownScope,
  repeatedScope,
  // which scopes there are
  unsafeScopeName,
  reservedScope,
  scopeDescriptionMissing,
  impliesUnknownScope,
  impliesCycle,
  baselineMissing,
  // what the server is, and whose tokens it accepts
  serverPropertyMissing,
  resourceUnsafe,
  issuerUnsafe,
  introspectionMissing,
  secretWrittenDown,
  envNameUnsafe,
  // what clients see of a tool
  unsafeName,
  nameTaken,
  descriptionMissing,
  annotationUnknown,
  schemaAcceptsAnything,
  schemaReferenceUnresolved,
  headerAnnotationMisplaced,
  headerAnnotationExposes,
  unknownClient,
  schemaNotPortable,
  outputNotClosed,
  // what answers and what is written
  handlerMissing,
  foreignFile,
]

/** Runs every rule and returns every finding. */
export function check(input: CheckInput): readonly Diagnostic[] {
  return RULES.flatMap((rule) => rule(input))
}
