import { defaultServerConditions } from "vite"
import { defineConfig } from "vitest/config"

export default defineConfig({
  root: import.meta.dirname,
  ssr: { resolve: { conditions: ["@mixpeek-alerts/source", ...defaultServerConditions] } },
  cacheDir: "../../node_modules/.vite",
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "node",
    testTimeout: 60_000,
    globalSetup: "test/Bundled.ts",
  },
})
