import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js'
import { accessConflict } from './access-conflict.js'
import { accessMissing } from './access-missing.js'
import { ambiguousUri } from './ambiguous-uri.js'
import { annotationUnknown } from './annotation-unknown.js'
import { argumentsNotObject } from './arguments-not-object.js'
import { audienceCompatibilityUnsafe } from './audience-compatibility-unsafe.js'
import { baselineMissing } from './baseline-missing.js'
import { baselineOpensNothing } from './baseline-opens-nothing.js'
import { completionUnknown } from './completion-unknown.js'
import { conditionImpossible } from './condition-impossible.js'
import { conditionPointless } from './condition-pointless.js'
import { contradictingHints } from './contradicting-hints.js'
import { descriptionMissing } from './description-missing.js'
import { descriptionTooLong } from './description-too-long.js'
import { destructiveToolAtBaseline } from './destructive-tool-at-baseline.js'
import { downstreamIsResource } from './downstream-is-resource.js'
import { downstreamNotOffered } from './downstream-not-offered.js'
import { downstreamUnsafe } from './downstream-unsafe.js'
import { downstreamWithoutCaller } from './downstream-without-caller.js'
import { emptyScopes } from './empty-scopes.js'
import { envNameReserved } from './env-name-reserved.js'
import { envNameReused } from './env-name-reused.js'
import { envNameUnsafe } from './env-name-unsafe.js'
import { exchangeUnused } from './exchange-unused.js'
import { foreignFile } from './foreign-file.js'
import { grantsUnknownScope } from './grants-unknown-scope.js'
import { handlerMissing } from './handler-missing.js'
import { headerAnnotationExposes } from './header-annotation-exposes.js'
import { headerAnnotationMisplaced } from './header-annotation-misplaced.js'
import { hiddenCharacters } from './hidden-characters.js'
import { hostIsAddress } from './host-is-address.js'
import { iconUnsafe } from './icon-unsafe.js'
import { impliedScope } from './implied-scope.js'
import { impliesCycle } from './implies-cycle.js'
import { impliesUnknownScope } from './implies-unknown-scope.js'
import { instructingText } from './instructing-text.js'
import { introspectionMissing } from './introspection-missing.js'
import { introspectionUnused } from './introspection-unused.js'
import { issuerIsResource } from './issuer-is-resource.js'
import { issuerRepeated } from './issuer-repeated.js'
import { issuerUnsafe } from './issuer-unsafe.js'
import { limitUnsafe } from './limit-unsafe.js'
import { listWithoutVariables } from './list-without-variables.js'
import { longName } from './long-name.js'
import { metadataUnsafe } from './metadata-unsafe.js'
import { nameTaken } from './name-taken.js'
import { namesAlikeWhenCut } from './names-alike-when-cut.js'
import { onlyForAmbiguous } from './only-for-ambiguous.js'
import { opaqueIssuersSeveral } from './opaque-issuers-several.js'
import { outputNotClosed } from './output-not-closed.js'
import { publicToolWrites } from './public-tool-writes.js'
import { readOnlyToolWithWritingScope } from './read-only-tool-with-writing-scope.js'
import { repeatedScope } from './repeated-scope.js'
import { reservedScope } from './reserved-scope.js'
import { resourceUnsafe } from './resource-unsafe.js'
import type { CheckInput, Rule } from './rule.js'
import { schemaAcceptsAnything } from './schema-accepts-anything.js'
import { schemaNotPortable } from './schema-not-portable.js'
import { schemaReferenceUnresolved } from './schema-reference-unresolved.js'
import { scopeDescriptionMissing } from './scope-description-missing.js'
import { scopeSetRedundant } from './scope-set-redundant.js'
import { scopesAlike } from './scopes-alike.js'
import { secretInPublicVariable } from './secret-in-public-variable.js'
import { secretWrittenDown } from './secret-written-down.js'
import { serverPropertyMissing } from './server-property-missing.js'
import { subscribeWithoutRule } from './subscribe-without-rule.js'
import { ungrantableScope } from './ungrantable-scope.js'
import { unknownClient } from './unknown-client.js'
import { unknownScope } from './unknown-scope.js'
import { unknownUse } from './unknown-use.js'
import { unneededScope } from './unneeded-scope.js'
import { unsafeName } from './unsafe-name.js'
import { unsafeScopeName } from './unsafe-scope-name.js'
import { unsafeUri } from './unsafe-uri.js'
import { uriMissing } from './uri-missing.js'
import { valueNotText } from './value-not-text.js'
import { variableMissing } from './variable-missing.js'
import { variableUnknown } from './variable-unknown.js'

/** Every rule there is. None can be switched off. */
export const RULES: readonly Rule[] = [
  // who may use a tool, a resource, a prompt
  accessMissing,
  accessConflict,
  emptyScopes,
  unknownScope,
  repeatedScope,
  scopeSetRedundant,
  conditionPointless,
  conditionImpossible,
  onlyForAmbiguous,
  publicToolWrites,
  destructiveToolAtBaseline,
  readOnlyToolWithWritingScope,
  // which scopes there are
  unsafeScopeName,
  reservedScope,
  scopeDescriptionMissing,
  impliesUnknownScope,
  impliesCycle,
  baselineMissing,
  scopesAlike,
  grantsUnknownScope,
  ungrantableScope,
  // what the server is, and whose tokens it accepts
  serverPropertyMissing,
  resourceUnsafe,
  issuerUnsafe,
  issuerRepeated,
  opaqueIssuersSeveral,
  introspectionMissing,
  audienceCompatibilityUnsafe,
  secretWrittenDown,
  envNameUnsafe,
  limitUnsafe,
  envNameReserved,
  envNameReused,
  secretInPublicVariable,
  issuerIsResource,
  hostIsAddress,
  introspectionUnused,
  // what is done in the name of callers
  downstreamNotOffered,
  downstreamWithoutCaller,
  downstreamIsResource,
  downstreamUnsafe,
  // which URIs a resource answers for
  uriMissing,
  unsafeUri,
  ambiguousUri,
  variableMissing,
  variableUnknown,
  listWithoutVariables,
  subscribeWithoutRule,
  // what clients see of them
  unsafeName,
  metadataUnsafe,
  iconUnsafe,
  nameTaken,
  namesAlikeWhenCut,
  descriptionMissing,
  descriptionTooLong,
  hiddenCharacters,
  instructingText,
  annotationUnknown,
  contradictingHints,
  schemaAcceptsAnything,
  schemaReferenceUnresolved,
  headerAnnotationMisplaced,
  headerAnnotationExposes,
  unknownClient,
  schemaNotPortable,
  outputNotClosed,
  valueNotText,
  argumentsNotObject,
  completionUnknown,
  unknownUse,
  // what answers and what is written
  handlerMissing,
  foreignFile,
]

/**
 * Advice about the whole. It is given once nothing is wrong: while one scope is
 * misspelt, the one that was meant looks as if nothing needed it.
 */
export const ADVICE: readonly Rule[] = [exchangeUnused, unneededScope, baselineOpensNothing, impliedScope, longName]

/** Runs every rule and returns every finding. */
export function check(input: CheckInput): readonly Diagnostic[] {
  const found = RULES.flatMap((rule) => rule(input))
  const isWrong = input.hasErrors === true || hasErrors(found)
  return isWrong ? found : [...found, ...ADVICE.flatMap((rule) => rule(input))]
}
