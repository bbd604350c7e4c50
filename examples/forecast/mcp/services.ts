import { defineServices } from '@mcp-secure/spec'
import { ForecastApi } from '../api/forecast-api.js'

export default defineServices({
  open() {
    const { FORECAST_API, FORECAST_API_KEY } = process.env
    if (!FORECAST_API || !FORECAST_API_KEY) throw new Error('Set FORECAST_API and FORECAST_API_KEY.')
    return { forecasts: new ForecastApi(FORECAST_API, FORECAST_API_KEY) }
  },
})
