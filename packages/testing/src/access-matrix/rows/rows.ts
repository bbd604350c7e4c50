import type { AccessMatrixOptions } from '../expected-access.js'
import { argumentRows } from './argument-rows.js'
import { endpointRows } from './endpoint-rows.js'
import { grantingRows } from './granting-rows.js'
import { hiddenRows } from './hidden-rows.js'
import { itemRows } from './item-rows.js'
import { listRows } from './list-rows.js'
import { loginRows } from './login-rows.js'
import { onlyForRows } from './only-for-rows.js'
import { policyRows } from './policy-rows.js'
import type { Row } from './row.js'
import { ruleRows } from './rule-rows.js'

/** The whole matrix of a server. */
export function rowsOf({ definition, expected }: Pick<AccessMatrixOptions, 'definition' | 'expected'>): readonly Row[] {
  return [
    ...policyRows(definition, expected),
    ...endpointRows(expected),
    ...expected.items.flatMap((item) => [
      ...itemRows(item, expected),
      ...loginRows(item, expected),
      ...argumentRows(item, expected),
      ...ruleRows(item, expected),
      ...listRows(item, expected),
      ...hiddenRows(item, expected),
      ...onlyForRows(item, expected),
      ...grantingRows(item, expected),
    ]),
  ]
}
