import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { lockFolder } from './lock-folder.js'

/** The SQL that this project needs: the same text runs in both databases below. */
export interface Database {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/**
 * A PostgreSQL server when `DATABASE_URL` names one; otherwise PostgreSQL inside
 * this process, which keeps its files in `NOTES_DATA` (in development `.data/notes` when unset).
 */
export async function openDatabase(environment: NodeJS.ProcessEnv): Promise<Database> {
  if (environment.DATABASE_URL) return connect(environment.DATABASE_URL)
  // Not set counts as production, as it does for the server.
  const isDevelopment = environment.NODE_ENV === 'development' || environment.NODE_ENV === 'test'
  if (!isDevelopment && !environment.NOTES_DATA) {
    throw new Error(
      'Where are the notes kept? Set DATABASE_URL to a PostgreSQL server, or NOTES_DATA to a folder that outlives this process.',
    )
  }
  return embed(resolve(environment.NOTES_DATA || '.data/notes'))
}

async function connect(url: string): Promise<Database> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString: url })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pool.query(sql, [...parameters])).rows as Row[],
    close: () => pool.end(),
  }
}

async function embed(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true })
  const unlock = await lockFolder(folder)
  try {
    const { PGlite } = await import('@electric-sql/pglite')
    const database = await PGlite.create({ dataDir: join(folder, 'pg'), ...(await newDatabase(join(folder, 'pg'))) })
    return {
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
        (await database.query<Row>(sql, [...parameters])).rows,
      close: () => database.close().finally(unlock),
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** Unpacking a new database is several times faster than making one. */
async function newDatabase(folder: string): Promise<{ loadDataDir?: Blob }> {
  if (existsSync(join(folder, 'PG_VERSION'))) return {}
  const { dataDir } = await import('@electric-sql/pglite-prepopulatedfs')
  return { loadDataDir: await dataDir() }
}
