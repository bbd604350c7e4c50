import { type Attack, attacks, type Expected } from '../attack.js'
import { insufficientScope } from '../expected.js'
import { callWrite } from './asks.js'

type Claims = Readonly<Record<string, unknown>>

const NOTHING_HELD = insufficientScope(['items:write'], 'items:write')
const READ_HELD = insufficientScope(['items:write'], 'items:read items:write')

/** Tokens that are good, and say in some way that they may do more than was granted. */
export const scopes: readonly Attack[] = attacks<[Claims, Expected]>(
  'scope',
  [
    ['none', { scope: undefined }, NOTHING_HELD],
    ['empty', { scope: '' }, NOTHING_HELD],
    ['null', { scope: null }, NOTHING_HELD],
    ['true', { scope: true }, NOTHING_HELD],
    ['number', { scope: 1 }, NOTHING_HELD],
    ['object', { scope: { 'items:write': true } }, NOTHING_HELD],
    ['object-of-indices', { scope: { 0: 'items:write', length: 1 } }, NOTHING_HELD],
    ['narrower', { scope: 'items:read' }, READ_HELD],
    ['other', { scope: 'items:erase' }, insufficientScope(['items:write'], 'items:write items:erase')],
    ['longer', { scope: 'items:write2' }, NOTHING_HELD],
    ['longer-segment', { scope: 'items:write:all' }, NOTHING_HELD],
    ['shorter', { scope: 'items:writ' }, NOTHING_HELD],
    ['prefix', { scope: 'items' }, NOTHING_HELD],
    ['inside-another', { scope: 'no-items:write' }, NOTHING_HELD],
    ['upper', { scope: 'ITEMS:WRITE' }, NOTHING_HELD],
    ['capital', { scope: 'Items:Write' }, NOTHING_HELD],
    ['comma', { scope: 'items:read,items:write' }, NOTHING_HELD],
    ['comma-space', { scope: 'items:write, items:read' }, READ_HELD],
    ['semicolon', { scope: 'items:read;items:write' }, NOTHING_HELD],
    ['plus', { scope: 'items:read+items:write' }, NOTHING_HELD],
    ['tab', { scope: 'items:read\titems:write' }, NOTHING_HELD],
    ['newline', { scope: 'items:read\nitems:write' }, NOTHING_HELD],
    ['no-break-space', { scope: 'items:read\u00a0items:write' }, NOTHING_HELD],
    ['null-byte', { scope: 'items:write\u0000' }, NOTHING_HELD],
    ['quoted', { scope: '"items:write"' }, NOTHING_HELD],
    ['encoded', { scope: 'items%3Awrite' }, NOTHING_HELD],
    ['homograph', { scope: 'іtems:write' }, NOTHING_HELD],
    ['zero-width', { scope: 'items:\u200bwrite' }, NOTHING_HELD],
    ['full-width-colon', { scope: 'items：write' }, NOTHING_HELD],
    ['dotless', { scope: 'ıtems:wrıte' }, NOTHING_HELD],
    ['wildcard', { scope: '*' }, NOTHING_HELD],
    ['wildcard-part', { scope: 'items:*' }, NOTHING_HELD],
    ['regex', { scope: 'items:(read|write)' }, NOTHING_HELD],
    ['admin', { scope: 'admin root all' }, NOTHING_HELD],
    ['proto', { scope: '__proto__ constructor toString' }, NOTHING_HELD],
    ['list-joined', { scope: ['items:read items:write'] }, NOTHING_HELD],
    ['list-in-list', { scope: [['items:write']] }, NOTHING_HELD],
    ['list-of-objects', { scope: [{ toString: 'items:write' }] }, NOTHING_HELD],
    ['many', { scope: Array.from({ length: 900 }, (_, n) => `s${n}`).join(' ') }, NOTHING_HELD],
    ['in-roles', { scope: '', roles: ['items:write'] }, NOTHING_HELD],
    ['in-groups', { scope: '', groups: ['items:write'] }, NOTHING_HELD],
    ['in-authorities', { scope: '', authorities: ['items:write'] }, NOTHING_HELD],
    ['in-other-spelling', { scope: '', Scope: 'items:write', scopes: 'items:write', SCP: 'items:write' }, NOTHING_HELD],
    ['in-details', { scope: '', authorization_details: [{ type: 'items:write' }] }, NOTHING_HELD],
  ],
  (claims: Claims, expected: Expected) => ({
    send: (world) => world.ask({ ...callWrite(), token: world.issuer.token(claims) }),
    expected,
  }),
)
