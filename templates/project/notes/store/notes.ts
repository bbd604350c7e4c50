import type { Database } from './database.js'

export interface Note {
  readonly id: string
  readonly text: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
}

interface Row {
  id: string
  text: string
  created_at: Date
}

/** More are not shown: a model would have to read them all. */
const MOST = 100

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
        text text not null,
        created_at timestamptz not null default clock_timestamp()
      )`)
    await database.query('create index if not exists notes_by_owner on notes (owner, created_at desc)')
    return new NoteStore(database)
  }

  async list(owner: string): Promise<Note[]> {
    const rows = await this.#database.query<Row>(
      'select id, text, created_at from notes where owner = $1 order by created_at desc, id limit $2',
      [owner, MOST],
    )
    return rows.map(({ id, text, created_at }) => ({ id, text, createdAt: created_at.toISOString() }))
  }

  async write(owner: string, text: string): Promise<string> {
    const [row] = await this.#database.query<Row>('insert into notes (owner, text) values ($1, $2) returning id', [
      owner,
      text,
    ])
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
