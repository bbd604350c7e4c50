import type { BadToken } from './bad-token.js'
import { changedClaims } from './changed-claims.js'
import { criticalHeader } from './critical-header.js'
import { expired } from './expired.js'
import { idToken } from './id-token.js'
import { jwtForOpaque } from './jwt-for-opaque.js'
import { longerAudience } from './longer-audience.js'
import { malformed } from './malformed.js'
import { neverExpires } from './never-expires.js'
import { noAudience } from './no-audience.js'
import { noClient } from './no-client.js'
import { noSubject } from './no-subject.js'
import { notYetValid } from './not-yet-valid.js'
import { otherClient } from './other-client.js'
import { noTenant, otherTenant } from './other-tenant.js'
import { othersIssuer } from './others-issuer.js'
import { othersKey } from './others-key.js'
import { othersKeyId } from './others-key-id.js'
import { publicKeyAsSecret } from './public-key-as-secret.js'
import { refreshToken } from './refresh-token.js'
import { revoked } from './revoked.js'
import { secondAudience } from './second-audience.js'
import { securityEvent } from './security-event.js'
import { senderConstrained } from './sender-constrained.js'
import { stranger } from './stranger.js'
import { tamperedSignature } from './tampered.js'
import { unknown } from './unknown.js'
import { unknownKey } from './unknown-key.js'
import { unsigned } from './unsigned.js'
import { wrongAudience } from './wrong-audience.js'
import { wrongIssuer } from './wrong-issuer.js'
import { wrongKey } from './wrong-key.js'
import { wrongType } from './wrong-type.js'

/** Every way in which a token can be bad. */
export const BAD_TOKENS: readonly BadToken[] = [
  malformed,
  unknown,
  expired,
  neverExpires,
  notYetValid,
  wrongIssuer,
  stranger,
  noAudience,
  wrongAudience,
  longerAudience,
  secondAudience,
  refreshToken,
  idToken,
  securityEvent,
  senderConstrained,
  noSubject,
  noClient,
  wrongType,
  unsigned,
  publicKeyAsSecret,
  tamperedSignature,
  changedClaims,
  wrongKey,
  unknownKey,
  criticalHeader,
  revoked,
  jwtForOpaque,
  othersIssuer,
  othersKey,
  othersKeyId,
  otherClient,
  otherTenant,
  noTenant,
]
