import type { Database } from './database.js'

export interface NoteSummary {
  readonly id: string
  readonly title: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
}

export interface Note extends NoteSummary {
  readonly text: string
}

interface Row {
  id: string
  title: string
  text: string
  created_at: Date
}

/**
 * Notes by owner. Every method takes the owner first, and every statement
 * compares it: there is no way to ask for a note without saying whose it is.
 */
export class NoteStore {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  static async open(database: Database): Promise<NoteStore> {
    await database.query(`
      create table if not exists notes (
        id uuid primary key default gen_random_uuid(),
        owner text not null,
        title text not null,
        text text not null,
        created_at timestamptz not null default clock_timestamp()
      )`)
    await database.query('create index if not exists notes_by_owner on notes (owner, created_at desc)')
    return new NoteStore(database)
  }

  async list(owner: string): Promise<NoteSummary[]> {
    const rows = await this.#database.query<Row>(
      'select id, title, created_at from notes where owner = $1 order by created_at desc, id',
      [owner],
    )
    return rows.map((row) => ({ id: row.id, title: row.title, createdAt: row.created_at.toISOString() }))
  }

  async read(owner: string, id: string): Promise<Note | undefined> {
    const [row] = await this.#database.query<Row>('select * from notes where owner = $1 and id = $2', [owner, id])
    return row && { id: row.id, title: row.title, text: row.text, createdAt: row.created_at.toISOString() }
  }

  async create(owner: string, title: string, text: string): Promise<string> {
    const [row] = await this.#database.query<Row>(
      'insert into notes (owner, title, text) values ($1, $2, $3) returning id',
      [owner, title, text],
    )
    if (!row) throw new Error('the database returned no id for a new note')
    return row.id
  }

  /** Whether there was such a note of this owner. */
  async delete(owner: string, id: string): Promise<boolean> {
    const rows = await this.#database.query<Row>('delete from notes where owner = $1 and id = $2 returning id', [
      owner,
      id,
    ])
    return rows.length > 0
  }
}
