export {
  createTestIssuer,
  type RequestCounts,
  type TestIssuer,
  type TestIssuerOptions,
  type TokenRequest,
  tampered,
} from './issuer.js'
export { startPostgres, type TemporaryPostgres } from './postgres.js'
