// A file of its own, since Node before 10 cannot even read an import().
import('../dist/main.js').then(async ({ main }) => {
  process.exitCode = await main(process.argv.slice(2))
})
