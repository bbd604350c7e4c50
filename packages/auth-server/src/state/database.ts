import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { Pool } from 'pg'
import type { StateLocation } from '../configuration/configuration.js'
import { ConfigurationError } from '../configuration/configuration-error.js'
import { lockDirectory } from './directory-lock.js'

/** The part of PostgreSQL that is used, in-process or on a server. */
export interface Database {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>
  close(): Promise<void>
}

/** Opens the database of a state location, or one in memory when there is none. */
export async function openDatabase(state: StateLocation | undefined): Promise<Database> {
  if (state?.databaseUrl !== undefined) return openServer(state.databaseUrl)
  if (state === undefined) return openInProcess(undefined)
  const unlock = await lockDirectory(state.directory)
  try {
    const database = await openInProcess(join(state.directory, 'database'))
    return {
      query: (sql, values) => database.query(sql, values),
      async close() {
        await database.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

async function openInProcess(directory: string | undefined): Promise<Database> {
  const database = directory === undefined ? await unpack(undefined) : await openDirectory(directory)
  return {
    query: (sql, values = []) => database.query(sql, [...values]),
    close: () => database.close(),
  }
}

async function openDirectory(directory: string): Promise<PGlite> {
  // Stands beside the database until it is whole: half of one can be neither opened nor told from a damaged one.
  const unfinished = `${directory}.unfinished`
  if (existsSync(unfinished)) await rm(directory, { recursive: true, force: true })
  if (existsSync(join(directory, 'PG_VERSION'))) return await PGlite.create({ dataDir: directory })
  await writeFile(unfinished, '')
  // The secrets of clients are in there, and the directory around it may be one that everybody can read.
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const database = await unpack(directory)
  await rm(unfinished)
  return database
}

/** Making a new database takes seconds; unpacking one that was made takes a fraction of that. */
async function unpack(directory: string | undefined): Promise<PGlite> {
  return await PGlite.create({ ...(directory !== undefined && { dataDir: directory }), loadDataDir: await dataDir() })
}

async function openServer(url: string): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: 10 })
  // An idle connection that breaks is replaced at the next query, which reports what is still broken.
  pool.on('error', () => {})
  const database: Database = {
    async query(sql, values = []) {
      const { rows } = await pool.query(sql, [...values])
      return { rows }
    },
    close: () => pool.end(),
  }
  await database.query('SELECT 1').catch(async (error: unknown) => {
    await pool.end()
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigurationError([
      `The database that MCP_AUTH_DATABASE_URL names does not answer: ${reason || 'no reason given'}.\n` +
        'Start it, correct the variable, or unset it to keep the state in a directory.',
    ])
  })
  return database
}
