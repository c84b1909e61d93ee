import { defineConfig } from 'vitest/config'

/** Benchmarks print a table; they are not part of any test run. */
export default defineConfig({
  test: { environment: 'node', include: ['e2e/bench-*.ts'], fileParallelism: false },
})
