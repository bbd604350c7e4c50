import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingsOf } from './settings.js'

/** What shells, Node and package managers set or read themselves. Windows does not tell capitals apart. */
const RESERVED =
  /^(?:path|home|user|username|shell|pwd|temp|tmp|tmpdir|lang|host|hostname|port|ci|debug|tz|term|node_(?:env|options|path|debug|extra_ca_certs|tls_reject_unauthorized)|npm_.*|ld_.*|dyld_.*|ssl_cert_file|ssl_cert_dir|(?:https?|all|no)_proxy)$/i

/** What a generated server reads itself: see docs/deployment.md. */
const OURS =
  /^(?:redis_url|trust_proxy|metrics_(?:port|host|token)|mcp_state_secret|mcp_stdio_(?:subject|scopes))(?:_file)?$/i

export const envNameReserved: Rule = ({ model: { server } }) =>
  settingsOf(server).flatMap(({ setting, value, place }) =>
    value.kind === 'env' && (RESERVED.test(value.name) || OURS.test(value.name))
      ? [diagnostic('env-name-reserved', place, { name: value.name, setting })]
      : [],
  )
