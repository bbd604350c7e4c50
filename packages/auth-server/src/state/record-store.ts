import { createHash } from 'node:crypto'
import type { Adapter, AdapterPayload } from 'oidc-provider'
import { errors } from '../provider/oidc-provider.js'
import type { Database } from './database.js'

const table: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS mcp_auth_records (
     model text NOT NULL,
     id text NOT NULL,
     payload text NOT NULL,
     grant_id text,
     uid text,
     user_code text,
     expires_at bigint,
     consumed_at bigint,
     PRIMARY KEY (model, id)
   )`,
  'CREATE INDEX IF NOT EXISTS mcp_auth_records_grant ON mcp_auth_records (grant_id)',
  'CREATE INDEX IF NOT EXISTS mcp_auth_records_uid ON mcp_auth_records (uid)',
  'CREATE INDEX IF NOT EXISTS mcp_auth_records_expiry ON mcp_auth_records (expires_at)',
]

interface Row {
  readonly id: string
  readonly payload: string
  /** PostgreSQL hands a bigint over as text, the in-process one as a number. */
  readonly consumed_at: string | number | null
}

/** Everything that oidc-provider keeps, in one table of one database. */
export class RecordStore {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  /** Prepares the table; safe when it is there and when two processes do it. */
  static async open(database: Database): Promise<RecordStore> {
    for (const statement of table) await database.query(statement)
    const store = new RecordStore(database)
    await store.removeExpired()
    return store
  }

  /** The adapter for one model, as oidc-provider asks for it. */
  adapter(model: string): Adapter {
    return new RecordAdapter(this.#database, model)
  }

  async removeExpired(): Promise<void> {
    await this.#database.query('DELETE FROM mcp_auth_records WHERE expires_at <= $1', [now()])
  }
}

/**
 * One model's records. The id of a token, code or session record is the very
 * value that its holder presents, so the table holds only its hash: who reads
 * the table cannot use what is in it.
 */
class RecordAdapter implements Adapter {
  readonly #database: Database
  readonly #model: string

  constructor(database: Database, model: string) {
    this.#database = database
    this.#model = model
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { jti: _, ...stored } = withoutBearers(payload)
    await this.#database.query(
      `INSERT INTO mcp_auth_records (model, id, payload, grant_id, uid, user_code, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
         uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`,
      [
        this.#model,
        hashed(id),
        JSON.stringify(stored),
        payload.grantId ?? null,
        payload.uid ?? null,
        payload.userCode ?? null,
        expiresIn ? now() + expiresIn : null,
      ],
    )
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.#select('id = $2', hashed(id))
    return row && { ...payloadOf(row), ...(this.#model !== 'Client' && { jti: id }) }
  }

  /** The found session has no `jti`: that is its cookie, and only its hash is known here. */
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.#select('uid = $2', uid)
    return row && payloadOf(row)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.#select('user_code = $2', userCode)
    return row && payloadOf(row)
  }

  /** Of two requests that use a code or a refresh token at the same moment, one gets through. */
  async consume(id: string): Promise<void> {
    const { rows } = await this.#database.query<Row>(
      `UPDATE mcp_auth_records SET consumed_at = $3
       WHERE model = $1 AND id = $2 AND consumed_at IS NULL RETURNING id`,
      [this.#model, hashed(id), now()],
    )
    if (rows.length === 0) throw new errors.InvalidGrant('already used')
  }

  async destroy(id: string): Promise<void> {
    await this.#database.query('DELETE FROM mcp_auth_records WHERE model = $1 AND id = $2', [this.#model, hashed(id)])
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#database.query('DELETE FROM mcp_auth_records WHERE model = $1 AND grant_id = $2', [
      this.#model,
      grantId,
    ])
  }

  async #select(condition: string, value: string): Promise<Row[]> {
    const { rows } = await this.#database.query<Row>(
      `SELECT id, payload, consumed_at FROM mcp_auth_records
       WHERE model = $1 AND ${condition} AND (expires_at IS NULL OR expires_at > $3)`,
      [this.#model, value, now()],
    )
    return rows
  }
}

/** An interaction remembers the cookie of its session, which nothing reads again. */
function withoutBearers(payload: AdapterPayload): AdapterPayload {
  if (payload.session === undefined) return payload
  const { cookie: _, ...session } = payload.session
  // The declared type insists on the cookie that must not be stored.
  return { ...payload, session: session as typeof payload.session }
}

function payloadOf(row: Row): AdapterPayload {
  const payload: AdapterPayload = JSON.parse(row.payload)
  return row.consumed_at === null ? payload : { ...payload, consumed: Number(row.consumed_at) }
}

function hashed(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
