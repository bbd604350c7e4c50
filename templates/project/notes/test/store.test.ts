import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@mcp-secure/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../store/database.js'
import { lockFolder } from '../store/lock-folder.js'
import { NoteStore } from '../store/notes.js'

const postgres = await startPostgres()
if (!postgres) console.warn('skipped: the notes on a PostgreSQL server, because none is installed')
afterAll(() => postgres?.stop())

const folder = await mkdtemp(join(tmpdir(), 'notes-store-'))
afterAll(() => rm(folder, { recursive: true }))

const places = [
  { name: 'PostgreSQL in this process', environment: { NOTES_DATA: folder }, skip: false },
  { name: 'a PostgreSQL server', environment: { DATABASE_URL: postgres?.url }, skip: !postgres },
]

describe.each(places)('notes in $name', ({ environment, skip }) => {
  describe.skipIf(skip)('', () => {
    let database: Database
    let notes: NoteStore

    async function open(): Promise<void> {
      database = await openDatabase(environment)
      notes = await NoteStore.open(database)
    }

    beforeAll(open)
    afterAll(() => database.close())

    it('gives back what an owner wrote, newest first', async () => {
      const first = await notes.write('ada', 'one')
      const second = await notes.write('ada', 'two')
      expect((await notes.list('ada')).slice(0, 2)).toMatchObject([{ id: second, text: 'two' }, { id: first }])
    })

    it('shows and deletes nothing of another owner', async () => {
      const id = await notes.write('ada', 'private')
      expect(await notes.list('grace')).toEqual([])
      expect(await notes.delete('grace', id)).toBe(false)
      expect(await notes.list('ada')).toContainEqual(expect.objectContaining({ id }))
    })

    it('takes an owner and a text as values, never as SQL', async () => {
      const owner = "'; drop table notes; --"
      await notes.write(owner, "'); delete from notes; --")
      expect(await notes.list(owner)).toMatchObject([{ text: "'); delete from notes; --" }])
    })

    it('keeps its notes when it is opened again', async () => {
      const id = await notes.write('ada', 'kept over a restart')
      await database.close()
      await open()
      expect(await notes.list('ada')).toContainEqual(expect.objectContaining({ id, text: 'kept over a restart' }))
    })
  })
})

describe('where notes are kept', () => {
  it.each([{ NODE_ENV: 'production' }, { NODE_ENV: 'staging' }, {}])('has to be said with %j', async (environment) => {
    await expect(openDatabase(environment)).rejects.toThrow('DATABASE_URL')
  })

  it('is not a folder that another process has', async () => {
    const place = await mkdtemp(join(folder, 'taken-'))
    // The process that runs these tests is one that runs.
    await writeFile(join(place, 'lock'), `${process.ppid}\n`)
    await expect(lockFolder(place, 0)).rejects.toThrow(`in use by process ${process.ppid}`)
  })

  it('may be a folder whose process is gone', async () => {
    const place = await mkdtemp(join(folder, 'left-'))
    await writeFile(join(place, 'lock'), '999999999\n')
    const unlock = await lockFolder(place, 0)
    await unlock()
    await (await lockFolder(place, 0))()
  })
})
