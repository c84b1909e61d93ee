import { defineConfig } from 'vitest/config'

/** End-to-end: a real browser drives a real demo. One process at a time, because the machine is small. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
})
