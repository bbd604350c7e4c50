export { BrowserlessProvider, type BrowserlessProviderOptions } from './browserless-provider.js'
export { CookieJar } from './cookie-jar.js'
export { findProgram } from './find-program.js'
export { freePort } from './free-port.js'
export {
  createTestIssuer,
  type RequestCounts,
  type TestIssuer,
  type TestIssuerOptions,
  type TokenRequest,
  tampered,
} from './issuer.js'
export { type LogInOptions, logIn } from './log-in.js'
export { startPostgres, type TemporaryPostgres } from './postgres.js'
export { startRedis, type TemporaryRedis } from './redis.js'
