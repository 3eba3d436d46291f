
"use strict";
{
    // Decodes the compressed file of a picture of latents: docs/model-format.md says what each number is. Whole numbers are exact, and numbers
    // with a fraction are rounded to 32 bits after every operation, so the pixels are those of any other program that reads the file.

    const round = Math.fround;
    const clamp = (value, most) => Math.max(-most, Math.min(value, most));
    const half = length => length + 1 >> 1;
    const ONE = 65536, LARGEST = 16383, MOST_WEIGHT = 511;

    // Half-way cases go to the even number.
    function roundEven(value) {
        const up = Math.round(value);
        return up - value === .5 && up % 2 ? up - 1 : up;
    }

    // Binary range coding: the range is below 2^48.
    class Decoder {
        constructor(bytes, at) {
            [this.bytes, this.at, this.code, this.range] = [bytes, at, 0, 2 ** 48];
            for (let i = 0; i < 6; i++)
                this.code = this.code * 256 + this.next();
        }

        next() {
            return this.at < this.bytes.length ? this.bytes[this.at++] : 0;
        }

        bit(probability) {
            const bound = Math.floor(this.range / ONE) * probability, isSet = this.code < bound;
            if (isSet) {
                this.range = bound;
            } else {
                this.code -= bound;
                this.range -= bound;
            }
            while (this.range < 2 ** 40) {
                this.code = this.code * 256 + this.next();
                this.range *= 256;
            }
            return isSet;
        }

        bits(count) {
            let number = 1;
            for (let i = 0; i < count; i++)
                number = 2 * number + (this.bit(ONE / 2) ? 1 : 0);
            return number;
        }
    }

    // The networks' numbers: differences from a start, whose distribution is learned on the way.
    function readNumbers(decoder, start) {
        const LARGEST_UNARY = 14, MOST_BITS = 24;
        const adaptive = count => Array.from({ length: count }, () => ({ fast: ONE / 2, slow: ONE / 2 }));
        const magnitudes = adaptive(LARGEST_UNARY + 1), lengths = adaptive(MOST_BITS + 1);
        function bit(state) {
            const isSet = decoder.bit(Math.max(1, Math.min(state.fast + state.slow >> 1, ONE - 1))), target = isSet ? ONE - 1 : 0;
            state.fast += target - state.fast >> 4;
            state.slow += target - state.slow >> 7;
            return isSet;
        }
        function difference() {
            let magnitude = 0;
            while (magnitude < LARGEST_UNARY && bit(magnitudes[magnitude]))
                magnitude++;
            if (magnitude === LARGEST_UNARY) {
                let count = 0;
                while (count < MOST_BITS && bit(lengths[count]))
                    count++;
                magnitude += decoder.bits(count) - 1;
            }
            return magnitude && decoder.bit(ONE / 2) ? -magnitude : magnitude;
        }
        const step = 1 << decoder.bits(3) - 8;
        return start.map(from => clamp(from + difference() * step, MOST_WEIGHT));
    }

    // Laplace distributions as probabilities of bits, for every scale and place of the mean.
    const LEAST_LOG_SCALE = -3.5, MOST_LOG_SCALE = 6, SCALES_PER_UNIT = 10, PLACES = 16, MOST_STEPS = 160;
    const SCALES = (MOST_LOG_SCALE - LEAST_LOG_SCALE) * SCALES_PER_UNIT + 1;

    function exp(value) {
        const part = value / 4096;
        let result = 1;
        for (let term = 10; term >= 1; term--)
            result = 1 + result * part / term;
        for (let i = 0; i < 12; i++)
            result *= result;
        return result;
    }

    const probability = value => Math.max(1, Math.min(roundEven(value * ONE), ONE - 1));
    const nearestBits = new Uint16Array(SCALES * PLACES), aboveBits = new Uint16Array(SCALES * PLACES), moreBits = new Uint16Array(SCALES);
    for (let scale = 0; scale < SCALES; scale++) {
        const rate = exp(-(LEAST_LOG_SCALE + scale / SCALES_PER_UNIT));
        moreBits[scale] = probability(exp(-rate));
        for (let place = 0; place < PLACES; place++) {
            const mean = (place + .5) / PLACES - .5, above = exp(-rate * (.5 - mean)) / 2, below = exp(-rate * (.5 + mean)) / 2;
            nearestBits[scale * PLACES + place] = probability(1 - above - below);
            aboveBits[scale * PLACES + place] = probability(above + below > 0 ? above / (above + below) : mean > 0 ? 1 : 0);
        }
    }

    // A latent, from the mean and the logarithm of the scale in 1/8192.
    function readLatent(decoder, mean, logScale) {
        const least = LEAST_LOG_SCALE * 8192;
        const scale = (Math.max(least, Math.min(logScale, MOST_LOG_SCALE * 8192)) - least) * SCALES_PER_UNIT + 4096 >> 13;
        const shifted = clamp(mean, LARGEST * 2048) + 4096, nearest = shifted >> 13, at = scale * PLACES + ((shifted & 8191) >> 9);
        if (decoder.bit(nearestBits[at]))
            return clamp(nearest, LARGEST);
        const isAbove = decoder.bit(aboveBits[at]);
        let steps = 1;
        while (steps < MOST_STEPS && decoder.bit(moreBits[scale]))
            steps++;
        if (steps === MOST_STEPS) {
            let count = 0;
            while (count < 16 && decoder.bit(ONE / 2))
                count++;
            steps += decoder.bits(count) - 1;
        }
        return clamp(isAbove ? nearest + steps : nearest - steps, LARGEST);
    }

    // The wavelet with 9 and 7 taps, in lifting steps.
    const ALPHA = round(-1.586134342059924), BETA = round(-.052980118572961), GAMMA = round(.882911075530934), DELTA = round(.443506852043971);
    const LOW = round(1.1496043988602418), HIGH = round(1 / LOW);

    // One line, its low half first and then the high one.
    function inverseLine(line, length, low, high) {
        const lows = half(length), highs = length - lows;
        for (let i = 0; i < lows; i++)
            low[i] = round(line[i] * HIGH);
        for (let i = 0; i < highs; i++)
            high[i] = round(line[lows + i] * LOW);
        // Beyond the edges a line is mirrored.
        const before = i => high[i > 0 ? i - 1 : 0], at = i => high[i < highs ? i : highs - 1], after = i => low[i + 1 < lows ? i + 1 : lows - 1];
        const toLow = factor => {
            for (let i = 0; i < lows; i++)
                low[i] = i > 0 && i < highs ? round(low[i] + round(factor * round(before(i) + at(i))))
                    : round(low[i] + round(round(factor * 2) * (i > 0 ? before(i) : at(i))));
        };
        const toHigh = factor => {
            for (let i = 0; i < highs; i++)
                high[i] = i + 1 < lows ? round(high[i] + round(factor * round(low[i] + after(i))))
                    : round(high[i] + round(round(factor * 2) * low[i]));
        };
        toLow(-DELTA);
        toHigh(-GAMMA);
        toLow(-BETA);
        toHigh(-ALPHA);
        for (let i = 0; i < lows; i++)
            line[2 * i] = low[i];
        for (let i = 0; i < highs; i++)
            line[2 * i + 1] = high[i];
    }

    function inverseLevel(plane, stride, width, height) {
        const longest = Math.max(width, height), line = new Float32Array(longest), low = new Float32Array(longest), high = new Float32Array(longest);
        for (let x = 0; x < width && height > 1; x++) {
            for (let y = 0; y < height; y++)
                line[y] = plane[y * stride + x];
            inverseLine(line, height, low, high);
            for (let y = 0; y < height; y++)
                plane[y * stride + x] = line[y];
        }
        for (let y = 0; y < height && width > 1; y++)
            inverseLine(plane.subarray(y * stride, y * stride + width), width, low, high);
    }

    // What the entropy network sees is in whole multiples of 1/128.
    const UNIT = 128, MARGIN = 4, CONTEXTS = 49, NEURONS = 16;
    const CAUSAL = [[-1, 0], [0, -1], [-1, -1], [1, -1], [-2, 0], [0, -2], [-2, -1], [-1, -2], [1, -2], [2, -1], [-2, -2], [2, -2], [-3, 0], [0, -3]];
    const SIGNED = 4;
    const amplitudes = Int16Array.from({ length: 256 }, (_, i) => roundEven(round(UNIT * round(Math.log(1 + i)))));
    const amplitude = latent => amplitudes[Math.min(Math.abs(latent), 255)];
    const valueOf = latent => clamp(latent, 16) * UNIT;
    const NINTH = round(UNIT / 9);
    const SMOOTH = 3;
    // Features of the same row: their number, how far to the left, and of what.
    const OWN_ROW = CAUSAL.flatMap(([x, rows], i) => rows ? [] : [
        { feature: i, distance: -x, of: amplitude }, ...i < SIGNED ? [{ feature: CAUSAL.length + i, distance: -x, of: valueOf }] : [],
    ]);

    class Picture {
        constructor(file) {
            const view = new DataView(file.buffer, file.byteOffset, file.length);
            let at = 9;
            const number = () => {
                let value = 0, shift = 0, part;
                do {
                    part = file[at++];
                    value |= (part & 127) << shift;
                    shift += 7;
                } while (part & 128);
                return value;
            };
            [this.width, this.height] = [number(), number()];
            const shape = file[at++];
            [this.channels, this.levels] = [shape & 7, shape >> 4];
            // Another start has its name and its checksum here.
            if (shape & 8)
                at += 1 + file[at] + 4;
            this.step = view.getFloat32(at, true);
            at += 4;
            this.colors = Float32Array.from({ length: (this.channels + 1) * this.channels }, (_, i) => view.getInt16(at + 2 * i, true) / 16384);
            at += 2 * this.colors.length;
            this.hidden = Array.from({ length: file[at++] }, number);
            number();
            const name = file[at++];
            if (name) {
                at += name;
                number();
                at += 2;
            }
            this.decoder = new Decoder(file, at);
            const planes = type => Array.from({ length: this.channels }, () => new type(this.width * this.height));
            [this.latents, this.planes] = [planes(Int16Array), planes(Float32Array)];
            const smooth = this.side(this.width, this.levels) * this.side(this.height, this.levels);
            this.surprises = Array.from({ length: this.channels }, () => new Int16Array(smooth));
            this.details = Array.from({ length: this.channels }, () => []);
            // What is not zero of a latent's features and of the neurons' outputs, and which ones they are.
            [this.places, this.values, this.neurons, this.outputs] = [CONTEXTS, CONTEXTS, NEURONS, NEURONS].map(count => new Int32Array(count));
        }

        side(length, levels) {
            for (; levels > 0; levels--)
                length = half(length);
            return length;
        }

        band(channel, level, direction) {
            const width = this.side(this.width, level), height = this.side(this.height, level), left = half(width), top = half(height);
            const isRight = direction === 0 || direction === 2, isLower = direction === 1 || direction === 2;
            return {
                channel, level, direction, kind: 4 * Math.min(channel, 2) + direction, x: isRight ? left : 0, y: isLower ? top : 0,
                width: isRight ? width - left : left, height: isLower ? height - top : top,
            };
        }

        bands() {
            const bands = [], channels = [...Array(this.channels).keys()];
            for (const channel of channels)
                bands.push(this.band(channel, this.levels - 1, SMOOTH));
            for (let level = this.levels - 1; level >= 0; level--)
                for (const channel of channels)
                    for (let direction = 0; direction < SMOOTH; direction++)
                        bands.push(this.band(channel, level, direction));
            return bands.filter(band => band.width > 0 && band.height > 0);
        }

        // A row of what is coded of a band: of the smooth one what its latents have more than was expected.
        row(band, y) {
            const from = band.direction === SMOOTH ? this.surprises[band.channel] : this.latents[band.channel];
            const start = band.direction === SMOOTH ? y * band.width : (band.y + y) * this.width + band.x;
            return from.subarray(start, start + band.width);
        }

        restore(channel, y, surprises) {
            const latents = this.latents[channel], stride = this.width;
            for (let x = 0; x < surprises.length; x++) {
                const at = y * stride + x, upper = latents[at - stride], left = latents[at - 1];
                let expected = y === 0 ? x === 0 ? 0 : left : upper;
                if (x > 0 && y > 0) {
                    const corner = latents[at - stride - 1], least = Math.min(left, upper), most = Math.max(left, upper);
                    expected = corner >= most ? least : corner <= least ? most : left + upper - corner;
                }
                latents[at] = clamp(surprises[x] + expected, LARGEST);
            }
        }

        // Decodes the smooth parts beneath a level, and what each pixel of them has more than its neighbours.
        showLevel(level) {
            const width = this.side(this.width, level + 1), height = this.side(this.height, level + 1), stride = this.width;
            const isLast = level + 1 === this.levels;
            const doneColumns = isLast ? 0 : this.side(this.width, level + 2), doneRows = isLast ? 0 : this.side(this.height, level + 2);
            for (let channel = 0; channel < this.channels; channel++) {
                const plane = this.planes[channel];
                for (let y = 0; y < height; y++)
                    for (let x = y < doneRows ? doneColumns : 0; x < width; x++)
                        plane[y * stride + x] = this.latents[channel][y * stride + x];
                if (!isLast)
                    inverseLevel(plane, stride, width, height);
                if (level >= 0)
                    this.details[channel][level] = this.detailsOf(plane, width, height);
            }
        }

        detailsOf(plane, width, height) {
            const details = new Int16Array(width * height), sums = new Float32Array(width), stride = this.width;
            for (let y = 0; y < height; y++) {
                const above = Math.max(y - 1, 0) * stride, row = y * stride, below = Math.min(y + 1, height - 1) * stride;
                for (let x = 0; x < width; x++)
                    sums[x] = round(plane[above + x] + plane[row + x]) + plane[below + x];
                for (let x = 0; x < width; x++) {
                    const sum = round(round(sums[Math.max(x - 1, 0)] + sums[x]) + sums[Math.min(x + 1, width - 1)]);
                    const more = round(plane[row + x] - round(sum / 9)), size = round(1 + round(Math.abs(more) * .25));
                    details[y * width + x] = roundEven(round(round(more / size) * UNIT));
                }
            }
            return details;
        }

        // A row of a band as the network sees it; zeros where there is none.
        shownRow(band, y, width, of) {
            const values = new Int16Array(width + 2 * MARGIN);
            if (band && y >= 0 && y < band.height)
                this.row(band, y).subarray(0, width).forEach((latent, x) => values[MARGIN + x] = of(latent));
            return values;
        }

        amplitudesOf(band, y, width) {
            return this.shownRow(band, y, width, amplitude);
        }

        valuesOf(band, y, width) {
            return this.shownRow(band, y, width, valueOf);
        }

        // For each feature of a row's latents the row that has it, and how far to the right it begins.
        features(band, y) {
            const { width, channel, level, direction } = band, zeros = new Int16Array(width + 2 * MARGIN);
            const own = [0, 1, 2, 3].map(rows => rows ? this.amplitudesOf(band, y - rows, width) : zeros);
            const ownValues = [zeros, this.valuesOf(band, y - 1, width)];
            const features = CAUSAL.map(([x, rows]) => [own[-rows], x]);
            features.push(...CAUSAL.slice(0, SIGNED).map(([x, rows]) => [ownValues[-rows], x]));
            const show = (other, rest) => {
                const rows = [-1, 0, 1].map(down => this.amplitudesOf(other, y + down, width));
                features.push([rows[1], 0], [this.meansOf(rows, width), 0], [this.valuesOf(other, y, width), 0], ...rest(rows));
            };
            for (const i of [0, 1]) {
                const other = direction !== SMOOTH && i < direction && this.band(channel, level, i);
                show(other, () => [[this.valuesOf(other, y + 1, width), 0]]);
            }
            for (const i of [0, 1])
                show(i < channel && this.band(i, level, direction), rows => [[rows[1], 1], [rows[2], 0]]);
            features.push(...this.parentFeatures(band, y, zeros), ...this.detailFeatures(band, y, zeros));
            features.push([new Int16Array(width + 2 * MARGIN).fill((level - 2) * UNIT / 2), 0]);
            return features;
        }

        meansOf(rows, width) {
            const means = new Int16Array(width + 2 * MARGIN), sums = new Int32Array(width + 2);
            for (let x = 0; x < width; x++)
                sums[x + 1] = rows[0][MARGIN + x] + rows[1][MARGIN + x] + rows[2][MARGIN + x];
            for (let x = 0; x < width; x++)
                means[MARGIN + x] = roundEven(round((sums[x] + sums[x + 1] + sums[x + 2]) / UNIT * NINTH));
            return means;
        }

        parentFeatures(band, y, zeros) {
            const parent = band.direction !== SMOOTH && band.level + 1 < this.levels && this.band(band.channel, band.level + 1, band.direction);
            if (!parent || parent.width === 0 || parent.height === 0)
                return Array(3).fill([zeros, 0]);
            const from = Math.min(y >> 1, parent.height - 1), rows = [-1, 0, 1].map(down => this.amplitudesOf(parent, from + down, parent.width));
            return [rows[1], this.meansOf(rows, parent.width), this.valuesOf(parent, from, parent.width)].map(row => {
                const wide = new Int16Array(band.width + 2 * MARGIN);
                for (let x = 0; x < band.width; x++)
                    wide[MARGIN + x] = row[MARGIN + Math.min(x >> 1, parent.width - 1)];
                return [wide, 0];
            });
        }

        detailFeatures(band, y, zeros) {
            if (band.direction === SMOOTH)
                return Array(9).fill([zeros, 0]);
            const width = this.side(this.width, band.level + 1), height = this.side(this.height, band.level + 1);
            const details = this.details[band.channel][band.level];
            return [-1, 0, 1].flatMap(down => {
                const from = Math.max(0, Math.min(y + down, height - 1)) * width, row = new Int16Array(band.width + 2 * MARGIN);
                for (let x = -1; x <= band.width; x++)
                    row[MARGIN + x] = details[from + Math.max(0, Math.min(x, width - 1))];
                return [-1, 0, 1].map(across => [row, across]);
            });
        }

        readRow(band, y, network) {
            const row = this.row(band, y), known = this.features(band, y).map(([from, right]) => from.subarray(MARGIN + right));
            const { inputWeights, inputBiases, hiddenWeights, hiddenBiases, outputWeights, outputBiases } = network;
            const { places, values, neurons, outputs } = this, firstBias = band.kind * NEURONS;
            for (let x = 0; x < row.length; x++) {
                // Most of what the network sees is zero.
                let count = 0;
                for (let i = 0; i < CONTEXTS; i++) {
                    const value = known[i][x];
                    if (value !== 0) {
                        places[count] = i;
                        values[count++] = value;
                    }
                }
                // Amplitudes and values of the latents before it in the row come from the row itself.
                for (let k = 0; k < OWN_ROW.length; k++) {
                    const { feature, distance, of } = OWN_ROW[k];
                    if (x >= distance && row[x - distance] !== 0) {
                        places[count] = feature;
                        values[count++] = of(row[x - distance]);
                    }
                }
                let active = 0;
                for (let j = 0; j < NEURONS; j++) {
                    let sum = inputBiases[firstBias + j] + 32 | 0;
                    for (let k = 0, at = j * CONTEXTS; k < count; k++)
                        sum = sum + Math.imul(values[k], inputWeights[at + places[k]]) | 0;
                    if (sum >= 64) {
                        neurons[active] = j;
                        outputs[active++] = Math.min(sum >> 6, 32767);
                    }
                }
                let mean = outputBiases[band.kind * 2], logScale = outputBiases[band.kind * 2 + 1];
                for (let j = 0; j < NEURONS; j++) {
                    let sum = hiddenBiases[j] + 32 | 0;
                    for (let k = 0, at = j * NEURONS; k < active; k++)
                        sum = sum + Math.imul(outputs[k], hiddenWeights[at + neurons[k]]) | 0;
                    if (sum >= 64) {
                        const output = Math.min(sum >> 6, 32767);
                        mean = mean + Math.imul(output, outputWeights[j]) | 0;
                        logScale = logScale + Math.imul(output, outputWeights[NEURONS + j]) | 0;
                    }
                }
                row[x] = readLatent(this.decoder, mean, logScale);
            }
            if (band.direction === SMOOTH)
                this.restore(band.channel, y, row);
        }

        // How each pixel differs from the mean of the 5 x 5 around it; the edges go on beyond the picture, two pixels of which are kept.
        differences(plane) {
            const { width, height } = this, stride = width + 4, differences = new Float32Array(stride * (height + 4));
            const padded = new Float32Array(stride), sums = padded.subarray(2, width + 2), share = round(1 / 25);
            for (let y = 0; y < height; y++) {
                sums.fill(0);
                for (let down = -2; down <= 2; down++) {
                    const from = Math.max(0, Math.min(y + down, height - 1)) * width;
                    for (let x = 0; x < width; x++)
                        sums[x] += plane[from + x];
                }
                padded.fill(sums[0], 0, 2);
                padded.fill(sums[width - 1], width + 2);
                const row = differences.subarray((y + 2) * stride, (y + 3) * stride);
                for (let x = 0; x < width; x++) {
                    const sum = round(round(round(round(padded[x] + padded[x + 1]) + padded[x + 2]) + padded[x + 3]) + padded[x + 4]);
                    row[x + 2] = plane[y * width + x] - round(sum * share);
                }
                row.fill(row[2], 0, 2);
                row.fill(row[width + 1], width + 2);
            }
            for (const edge of [0, 1]) {
                differences.copyWithin(edge * stride, 2 * stride, 3 * stride);
                differences.copyWithin((height + 2 + edge) * stride, (height + 1) * stride, (height + 2) * stride);
            }
            return differences;
        }

        paintRow(y, layers, differences, texels) {
            const { width, channels, colors, planes, step } = this, stride = width + 4;
            let inputs = new Float32Array(64), outputs = new Float32Array(64);
            for (let x = 0; x < width; x++) {
                let count = 0;
                for (let channel = 0; channel < channels; channel++) {
                    const radius = channel ? 1 : 2, from = differences[channel];
                    for (let down = 2 - radius; down <= 2 + radius; down++)
                        for (let at = (y + down) * stride + x + 2 - radius, end = at + 2 * radius; at <= end; at++)
                            inputs[count++] = from[at];
                }
                for (let layer = 0; layer < layers.length; layer++) {
                    const { weights, biases } = layers[layer], least = layer + 1 < layers.length ? 0 : -Infinity;
                    let j = 0;
                    for (; j + 4 <= biases.length; j += 4) {
                        const a = j * count, b = a + count, c = b + count, d = c + count;
                        let [sumA, sumB, sumC, sumD] = [biases[j], biases[j + 1], biases[j + 2], biases[j + 3]];
                        for (let i = 0; i < count; i++) {
                            const input = inputs[i];
                            sumA = round(sumA + round(input * weights[a + i]));
                            sumB = round(sumB + round(input * weights[b + i]));
                            sumC = round(sumC + round(input * weights[c + i]));
                            sumD = round(sumD + round(input * weights[d + i]));
                        }
                        outputs[j] = Math.max(sumA, least);
                        outputs[j + 1] = Math.max(sumB, least);
                        outputs[j + 2] = Math.max(sumC, least);
                        outputs[j + 3] = Math.max(sumD, least);
                    }
                    for (; j < biases.length; j++) {
                        let sum = biases[j];
                        for (let i = 0; i < count; i++)
                            sum = round(sum + round(inputs[i] * weights[j * count + i]));
                        outputs[j] = Math.max(sum, least);
                    }
                    count = biases.length;
                    const swapped = inputs;
                    inputs = outputs;
                    outputs = swapped;
                }
                const to = 4 * (y * width + x);
                for (let j = 0; j < channels; j++) {
                    let sum = colors[channels * channels + j];
                    for (let i = 0; i < channels; i++)
                        sum = round(sum + round(colors[i * channels + j] * round(round(planes[i][y * width + x] + inputs[i]) * step)));
                    texels[to + j] = sum;
                }
            }
        }
    }

    function networksOf(picture, start) {
        const counts = [NEURONS * CONTEXTS, 12 * NEURONS, NEURONS * NEURONS, NEURONS, 2 * NEURONS, 24], entropyLength = counts.reduce((a, b) => a + b);
        const entropy = readNumbers(picture.decoder, start.subarray(0, entropyLength));
        const numbers = readNumbers(picture.decoder, start.subarray(entropyLength));
        const parts = [];
        let at = 0;
        for (const count of counts)
            parts.push(entropy.subarray(at, at += count));
        const biases = part => Int32Array.from(part, bias => bias * UNIT);
        const network = {
            inputWeights: parts[0], inputBiases: biases(parts[1]), hiddenWeights: parts[2],
            hiddenBiases: biases(parts[3]), outputWeights: parts[4], outputBiases: biases(parts[5]),
        };
        const floats = part => Float32Array.from(part, weight => weight / 64);
        const widths = [25 + 9 * (picture.channels - 1), ...picture.hidden, picture.channels], layers = [];
        at = 0;
        for (let layer = 0; layer + 1 < widths.length; layer++) {
            const weights = floats(numbers.subarray(at, at += widths[layer] * widths[layer + 1]));
            layers.push({ weights, biases: floats(numbers.subarray(at, at += widths[layer + 1])) });
        }
        return { network, layers };
    }

    // The page stays alive while the picture is decoded.
    const FRAME = 40;
    let since = 0;

    async function rest(report, share) {
        if (performance.now() - since < FRAME)
            return;
        report(share);
        await new Promise(done => setTimeout(done));
        since = performance.now();
    }

    // About so much of the work is reading latents; the rest is painting.
    const READING = .6;

    // Decodes a file, before which the networks' first numbers are, to texels: of each pixel four numbers, of which the first are the
    // picture's channels.
    globalThis.decodePicture = async (bytes, texelCount, report) => {
        const count = bytes[0] + 256 * bytes[1], start = new Int16Array(bytes.buffer, 2, count);
        const picture = new Picture(bytes.subarray(2 + 2 * count)), { network, layers } = networksOf(picture, start);
        const texels = new Float32Array(4 * texelCount);
        let level = picture.levels, done = 0;
        for (const band of picture.bands()) {
            if (band.direction !== SMOOTH && band.level < level)
                picture.showLevel(level = band.level);
            for (let y = 0; y < band.height; y++) {
                picture.readRow(band, y, network);
                done += band.width;
                await rest(report, READING * done / (picture.width * picture.height * picture.channels));
            }
        }
        // Bands may be empty, so that some levels came to no band.
        while (level >= 0)
            picture.showLevel(--level);
        const differences = picture.planes.map(plane => picture.differences(plane));
        for (let y = 0; y < picture.height; y++) {
            picture.paintRow(y, layers, differences, texels);
            await rest(report, READING + (1 - READING) * y / picture.height);
        }
        report(1);
        return texels;
    };
}
