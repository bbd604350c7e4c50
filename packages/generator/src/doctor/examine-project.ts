import { type AccessMatrix, accessMatrix, resourceInWords } from '../access/access-matrix.js'
import type { ServerModel } from '../model/server-model.js'
import { type IssuerView, policyView } from '../render/policy-view.js'
import { findings, type Group } from './finding.js'
import { audienceCompatibility } from './project/audience-compatibility.js'
import { publicItems } from './project/public-items.js'
import { tokenType } from './project/token-type.js'
import { quoted } from './quoted.js'

/** What a checked spec allows that the strict default does not. */
export function examineProject(model: ServerModel): readonly Group[] {
  const matrix = accessMatrix(model)
  return [ofItems(matrix), ...policyView(model).issuers.map(ofIssuer)]
}

/** Whether a server of this spec lets anybody in without a token. */
export function declaresPublic(model: ServerModel): boolean {
  return accessMatrix(model).items.some(({ access }) => access.kind === 'public')
}

function ofItems(matrix: AccessMatrix): Group {
  return {
    title: `The project ${quoted(`${matrix.server.name} ${matrix.server.version}`)}`,
    findings: findings('public', publicItems(matrix), 'everything needs a token'),
  }
}

function ofIssuer(issuer: IssuerView): Group {
  return {
    title: `The project trusts ${quoted(resourceInWords(issuer.issuer))}`,
    findings: [
      ...findings('audience', audienceCompatibility(issuer), 'only tokens for this server count'),
      ...findings('token-type', tokenType(issuer), typeInWords(issuer)),
    ],
  }
}

function typeInWords({ tokens }: IssuerView): string {
  return 'typ' in tokens ? 'access tokens say that they are ones (at+jwt)' : 'the issuer is asked about every token'
}
