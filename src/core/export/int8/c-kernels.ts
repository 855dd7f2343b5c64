/** A part of the C code; `P` stands for the prefix of all its names. */
export type KernelName = keyof typeof kernels;

/** Each kernel as C99, with those it calls before it. Integers only, and no more than int32_t but for products. */
export const kernels = {
  scaled: {
    needs: [],
    code: `/* x * multiplier / 2^31 * 2^shift, rounded as TensorFlow Lite's reference kernels round. */
static int32_t P_scaled(int32_t x, int32_t multiplier, int shift)
{
  const int right = shift > 0 ? 0 : -shift;
  int64_t product = (int64_t)x * ((int32_t)1 << (shift > 0 ? shift : 0)) * multiplier;
  int64_t high, half;
  /* Only what is not negative is shifted: C leaves the rest to the compiler. */
  high = product >= 0 ? (product + ((int64_t)1 << 30)) >> 31 : -((((int64_t)1 << 30) - 1 - product) >> 31);
  if (right == 0) return (int32_t)high;
  half = (int64_t)1 << (right - 1);
  return high >= 0 ? (int32_t)((high + half) >> right) : -(int32_t)((half - high) >> right);
}`,
  },
  clipped: {
    needs: [],
    code: `static int8_t P_clipped(int32_t value, int32_t low)
{
  return (int8_t)(value < low ? low : value > 127 ? 127 : value);
}`,
  },
  filters: {
    needs: [],
    code: `typedef struct {
  const int8_t *weights;      /* convolution: [filters, size, size, channels]; depthwise: [size, size, channels] */
  const int32_t *bias;        /* one a filter, as the next two */
  const int32_t *multipliers;
  const int8_t *shifts;
  int16_t filters;
  int16_t size;
  int16_t zero_in;            /* what stands for 0 in the input, and in the output */
  int16_t zero_out;
  int16_t low;                /* least output: zero_out is a ReLU */
} P_filters;`,
  },
  sum: {
    needs: ['filters'],
    code: `/* Accumulator of one filter at one place of x [height, width, channels], same padding. */
static int32_t P_sum(const int8_t *x, int32_t height, int32_t width, int32_t channels,
                     int32_t row, int32_t column, const P_filters *f, int32_t filter)
{
  const int32_t half = f->size / 2;
  const int32_t first = column < half ? half - column : 0;
  const int32_t end = column + half < width ? f->size : width + half - column;
  const int32_t count = (end - first) * channels;
  int32_t sum = f->bias[filter];
  int32_t tap, i;
  for (tap = 0; tap < f->size; tap++) {
    const int32_t y = row + tap - half;
    const int8_t *from, *weights;
    if (y < 0 || y >= height) continue;
    from = x + (y * width + column + first - half) * channels;
    weights = f->weights + ((filter * f->size + tap) * f->size + first) * channels;
    for (i = 0; i < count; i++) sum += (int32_t)(from[i] - f->zero_in) * weights[i];
  }
  return sum;
}`,
  },
  conv: {
    needs: ['scaled', 'clipped', 'filters', 'sum'],
    code: `/* Convolution with ReLU; with pool = 2 the largest of 2 x 2 places is kept. */
static void P_conv(const int8_t *x, int8_t *y, int32_t height, int32_t width, int32_t channels,
                   const P_filters *f, int32_t pool)
{
  int32_t row, column, o, p;
  for (row = 0; row < height / pool; row++)
    for (column = 0; column < width / pool; column++)
      for (o = 0; o < f->filters; o++) {
        int32_t best = P_sum(x, height, width, channels, row * pool, column * pool, f, o);
        for (p = 1; p < pool * pool; p++) {
          const int32_t next = P_sum(x, height, width, channels, row * pool + p / pool, column * pool + p % pool, f, o);
          if (next > best) best = next;
        }
        *y++ = P_clipped(P_scaled(best, f->multipliers[o], f->shifts[o]) + f->zero_out, f->low);
      }
}`,
  },
  depthwise: {
    needs: ['scaled', 'clipped', 'filters'],
    code: `/* Every channel with its own filter, at one place. */
static void P_depthwise(const int8_t *x, int8_t *y, int32_t height, int32_t width, int32_t channels,
                        int32_t row, int32_t column, const P_filters *f)
{
  const int32_t half = f->size / 2;
  int32_t c, i, j;
  for (c = 0; c < channels; c++) {
    int32_t sum = f->bias[c];
    for (i = 0; i < f->size; i++) {
      const int32_t r = row + i - half;
      if (r < 0 || r >= height) continue;
      for (j = 0; j < f->size; j++) {
        const int32_t s = column + j - half;
        if (s < 0 || s >= width) continue;
        sum += (int32_t)(x[(r * width + s) * channels + c] - f->zero_in) * f->weights[(i * f->size + j) * channels + c];
      }
    }
    y[c] = P_clipped(P_scaled(sum, f->multipliers[c], f->shifts[c]) + f->zero_out, f->low);
  }
}`,
  },
  normalise: {
    needs: ['depthwise'],
    code: `/* One filter of size 1 a channel, in place or not. */
static void P_normalise(const int8_t *x, int8_t *y, int32_t area, int32_t channels, const P_filters *f)
{
  int32_t p;
  for (p = 0; p < area; p++) P_depthwise(x + p * channels, y + p * channels, 1, 1, channels, 0, 0, f);
}`,
  },
  separable: {
    needs: ['depthwise', 'sum'],
    code: `/* Depthwise and 1 x 1 convolution with ReLU; line holds what lies between them at one place. */
static void P_separable(const int8_t *x, int8_t *y, int32_t height, int32_t width, int32_t channels,
                        const P_filters *depthwise, const P_filters *f, int32_t pool, int8_t *line)
{
  int32_t row, column, o, p;
  for (row = 0; row < height / pool; row++)
    for (column = 0; column < width / pool; column++) {
      for (p = 0; p < pool * pool; p++) {
        P_depthwise(x, line, height, width, channels, row * pool + p / pool, column * pool + p % pool, depthwise);
        for (o = 0; o < f->filters; o++) {
          const int32_t sum = P_sum(line, 1, 1, channels, 0, 0, f, o);
          const int8_t value = P_clipped(P_scaled(sum, f->multipliers[o], f->shifts[o]) + f->zero_out, f->low);
          if (p == 0 || value > y[o]) y[o] = value;
        }
      }
      y += f->filters;
    }
}`,
  },
  pool: {
    needs: [],
    code: `/* Largest of 2 x 2 places. */
static void P_pool(const int8_t *x, int8_t *y, int32_t height, int32_t width, int32_t channels)
{
  int32_t row, column, c, p;
  for (row = 0; row < height / 2; row++)
    for (column = 0; column < width / 2; column++)
      for (c = 0; c < channels; c++) {
        const int8_t *from = x + (2 * row * width + 2 * column) * channels + c;
        int8_t best = from[0];
        for (p = 1; p < 4; p++) {
          const int8_t next = from[((p / 2) * width + p % 2) * channels];
          if (next > best) best = next;
        }
        *y++ = best;
      }
}`,
  },
  add: {
    needs: ['scaled', 'clipped'],
    code: `typedef struct {
  int32_t multiplier_a, multiplier_b, multiplier_out;
  int16_t shift_a, shift_b, shift_out;
  int16_t zero_a, zero_b, zero_out;
} P_shares;

/* Weighted sum of a and b. */
static void P_add(const int8_t *a, const int8_t *b, int8_t *y, int32_t length, const P_shares *s)
{
  int32_t i;
  for (i = 0; i < length; i++) {
    const int32_t first = P_scaled((a[i] - s->zero_a) * ((int32_t)1 << 20), s->multiplier_a, s->shift_a);
    const int32_t second = P_scaled((b[i] - s->zero_b) * ((int32_t)1 << 20), s->multiplier_b, s->shift_b);
    y[i] = P_clipped(P_scaled(first + second, s->multiplier_out, s->shift_out) + s->zero_out, -128);
  }
}`,
  },
  rescale: {
    needs: ['scaled', 'clipped'],
    code: `/* The same numbers at another scale. */
static void P_rescale(const int8_t *x, int8_t *y, int32_t length, int32_t multiplier, int shift,
                      int32_t zero_in, int32_t zero_out)
{
  int32_t i;
  for (i = 0; i < length; i++) y[i] = P_clipped(P_scaled(x[i] - zero_in, multiplier, shift) + zero_out, -128);
}`,
  },
  place: {
    needs: [],
    code: `/* Channels of x among those of y, whose first is its place. */
static void P_place(const int8_t *x, int8_t *y, int32_t area, int32_t channels, int32_t all)
{
  int32_t p, c;
  for (p = 0; p < area; p++)
    for (c = 0; c < channels; c++) y[p * all + c] = x[p * channels + c];
}`,
  },
  mean: {
    needs: ['scaled', 'clipped'],
    code: `/* Mean over all places; the factor holds 1 / area. */
static void P_mean(const int8_t *x, int8_t *y, int32_t area, int32_t channels, int32_t multiplier, int shift,
                   int32_t zero_in, int32_t zero_out)
{
  int32_t c, p;
  for (c = 0; c < channels; c++) {
    int32_t sum = 0;
    for (p = 0; p < area; p++) sum += x[p * channels + c] - zero_in;
    y[c] = P_clipped(P_scaled(sum, multiplier, shift) + zero_out, -128);
  }
}`,
  },
} as const satisfies Readonly<Record<string, { readonly needs: readonly string[]; readonly code: string }>>;

/** The code of kernels and of all they need, in an order that compiles. */
export function kernelCode(used: ReadonlySet<KernelName>, prefix: string): string {
  const needed = new Set<KernelName>();
  const need = (name: KernelName): void => {
    for (const other of kernels[name].needs as readonly KernelName[]) need(other);
    needed.add(name);
  };
  for (const name of used) need(name);
  return (Object.keys(kernels) as readonly KernelName[])
    .filter((name) => needed.has(name))
    .map((name) => kernels[name].code.replaceAll('P_', `${prefix}_`))
    .join('\n\n');
}
