
"use strict";
{
    // Paints with a network that sees neighbourhoods: docs/model-format.md says what it is shown and what becomes of its outputs. The network runs
    // on the graphics card, once; what is shown of the pixels, and the corrections of the painting, are computed here.

    const between = (low, value, high) => Math.max(low, Math.min(value, high));

    // The components of each pixel: luma, two differences of colours, alpha. The zeros of hidden pixels stay.
    function toComponents(samples, at, channels, numbers, to) {
        if (channels === 1) {
            numbers[to] = samples[at];
            return;
        }
        const red = samples[at], green = samples[at + 1], blue = samples[at + 2];
        numbers[to] = (red + green + blue) / 3;
        numbers[to + 1] = red - blue;
        numbers[to + 2] = green - (red + blue) / 2;
        if (channels === 4)
            numbers[to + 3] = samples[at + 3];
    }

    // Some of the pixels' numbers become the means of others over 3 x 3 pixels that are so far apart; the edges go on beyond the picture.
    function addMeans(numbers, { width, height, stride }, from, to, count, distance) {
        const sums = new Float32Array(width * height * count);
        for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++)
                for (let i = 0; i < count; i++)
                    for (const across of [-distance, 0, distance])
                        sums[(y * width + x) * count + i] += numbers[(y * width + between(0, x + across, width - 1)) * stride + from + i] / 3;
        for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++)
                for (let i = 0; i < count; i++) {
                    let sum = 0;
                    for (const down of [-distance, 0, distance])
                        sum += sums[(between(0, y + down, height - 1) * width + x) * count + i] / 3;
                    numbers[(y * width + x) * stride + to + i] = sum;
                }
    }

    // Of hidden pixels -1 less what is guessed of them is stored.
    const isHidden = sample => sample < 0;
    const guessed = sample => isHidden(sample) ? -1 - sample : sample;

    // What each task shows of a pixel, in the order of its numbers.
    const shows = {
        // Its components.
        Enlarge(picture, samples, numbers) {
            for (let at = 0; at < samples.length; at += picture.channels)
                toComponents(samples, at, picture.channels, numbers, at);
        },

        // Its components, their means over 3 x 3 pixels, and over 9 x 9.
        Denoise(picture, samples, numbers) {
            const { channels, stride } = picture;
            for (let pixel = 0; pixel * channels < samples.length; pixel++)
                toComponents(samples, pixel * channels, channels, numbers, pixel * stride);
            addMeans(numbers, picture, 0, channels, channels, 1);
            addMeans(numbers, picture, channels, 2 * channels, channels, 3);
        },

        // Its components if it is known, and 1; the means of known pixels over 3 x 3, and how much is known there; what is guessed of it; a
        // quarter if it is known; a zero.
        Fill(picture, samples, numbers) {
            const { channels, stride } = picture, guess = 2 * (channels + 1), color = new Float32Array(channels);
            for (let pixel = 0; pixel * channels < samples.length; pixel++) {
                const at = pixel * channels, to = pixel * stride;
                for (let channel = 0; channel < channels; channel++)
                    color[channel] = guessed(samples[at + channel]);
                toComponents(color, 0, channels, numbers, to + guess);
                if (isHidden(samples[at]))
                    continue;
                toComponents(samples, at, channels, numbers, to);
                numbers[to + channels] = 1;
                numbers[to + guess + channels] = .25;
            }
            addMeans(numbers, picture, 0, channels + 1, channels + 1, 1);
            for (let to = channels + 1; to < numbers.length; to += stride) {
                const known = numbers[to + channels];
                for (let i = 0; i <= channels; i++)
                    numbers[to + i] = known > .01 ? numbers[to + i] / known : 0;
            }
        },
    };

    // What follows the network, by task: the colours of the painting.
    const finishes = {
        Enlarge(picture, samples, painted) {
            for (let i = 0; i < picture.kernel?.times; i++)
                makeConsistent(picture, samples, painted);
        },

        // Samples whose means, with noise that cannot leave 0 to 1, the network gave; alpha has no noise.
        Denoise({ channels, noise }, samples, painted) {
            if (noise === 0)
                return;
            const means = Float32Array.from({ length: 2049 }, (_, i) =>
                noise * (positivePart(i / 2048 / noise) - positivePart((i / 2048 - 1) / noise)));
            for (let at = 0; at < painted.length; at++)
                painted[at] = channels === 4 && at % 4 === 3 ? samples[at] : sampleOf(means, painted[at]);
        },

        // Known pixels stay.
        Fill(picture, samples, painted) {
            for (let at = 0; at < painted.length; at++)
                if (!isHidden(samples[at]))
                    painted[at] = samples[at];
        },
    };

    function sampleOf(means, mean) {
        let low = 0, high = means.length - 1;
        if (mean <= means[low] || mean >= means[high])
            return mean <= means[low] ? 0 : 1;
        while (high - low > 1) {
            const middle = low + high >> 1;
            if (means[middle] <= mean)
                low = middle;
            else
                high = middle;
        }
        return (low + (mean - means[low]) / (means[high] - means[low])) / (means.length - 1);
    }

    // The mean of the positive part of a normal number with a standard deviation of 1; the distribution function is Abramowitz and Stegun's 26.2.17.
    function positivePart(mean) {
        const t = 1 / (1 + .2316419 * Math.abs(mean)), density = Math.exp(-mean * mean / 2) / Math.sqrt(2 * Math.PI);
        const above = density * t * (.319381530 + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return mean * (mean < 0 ? above : 1 - above) + density;
    }

    // What the doubled picture lacks of the picture when it is made smaller is doubled by cubic convolution and added.
    function makeConsistent({ width, height, channels, kernel: { weights, before } }, samples, painted) {
        const CUBIC = [-.0234375, .2265625, .8671875, -.0703125];
        const ofDoubled = pixel => [2 * pixel - before, weights];
        const ofPicture = pixel => pixel % 2 ? [(pixel >> 1) - 1, CUBIC.toReversed()] : [(pixel >> 1) - 2, CUBIC];
        let missing = resize(painted, 2 * width, 2 * height, channels, width, ofDoubled);
        missing = resize(missing, 2 * height, 1, width * channels, height, ofDoubled);
        for (let at = 0; at < missing.length; at++)
            missing[at] = samples[at] - missing[at];
        missing = resize(missing, width, height, channels, 2 * width, ofPicture);
        missing = resize(missing, height, 1, 2 * width * channels, 2 * height, ofPicture);
        for (let at = 0; at < painted.length; at++)
            painted[at] = between(0, painted[at] + missing[at], 1);
    }

    // Lines of so many pixels, each of so many numbers, become lines of count pixels; a whole column is one line of rows. A new pixel takes of
    // the old ones from the first with weights; the edges go on beyond the picture.
    function resize(values, side, lines, numbers, count, of) {
        const resized = new Float32Array(lines * count * numbers);
        for (let line = 0; line < lines; line++)
            for (let pixel = 0; pixel < count; pixel++) {
                const [first, weights] = of(pixel), to = (line * count + pixel) * numbers;
                for (let tap = 0; tap < weights.length; tap++) {
                    const from = (line * side + between(0, first + tap, side - 1)) * numbers;
                    for (let i = 0; i < numbers; i++)
                        resized[to + i] += weights[tap] * values[from + i];
                }
            }
        return resized;
    }

    const TEXTURE_WIDTH = 2048;

    // An error that the page shows as it is.
    const problem = text => Object.assign(new Error(text), { isForPage: true });

    // Rows are painted in parts that take about so many milliseconds, so that the page and the graphics card stay alive.
    const FAST = 25, SLOW = 60;

    async function paint(gl, picture, numbers, report) {
        const scale = picture.task === "Enlarge" ? 2 : 1, width = scale * picture.width, height = scale * picture.height;
        if (!gl.getExtension("EXT_color_buffer_float"))
            throw problem("This page needs a graphics card that paints numbers with a fraction (EXT_color_buffer_float). Open it on another device.");
        const target = textureOf(gl, width, height, null), frame = gl.createFramebuffer();
        gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
        gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, target, 0);
        const values = textureOf(gl, TEXTURE_WIDTH, numbers.length / 4 / TEXTURE_WIDTH, numbers), program = programOf(gl, picture.shader);
        gl.useProgram(program);
        gl.uniform1i(gl.getUniformLocation(program, "values"), 0);
        gl.uniform2i(gl.getUniformLocation(program, "views"), ...picture.views);
        gl.viewport(0, 0, width, height);
        gl.enable(gl.SCISSOR_TEST);
        for (let row = 0, rows = 1; row < height;) {
            const count = Math.min(rows, height - row), since = performance.now();
            gl.scissor(0, row, width, count);
            gl.drawArrays(gl.TRIANGLES, 0, 3);
            const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
            gl.flush();
            do
                await new Promise(done => setTimeout(done));
            while (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED);
            gl.deleteSync(fence);
            const took = performance.now() - since;
            rows = took < FAST ? 2 * count : took > SLOW ? Math.max(1, count >> 1) : count;
            report((row += count) / height);
        }
        const texels = new Float32Array(4 * width * height);
        gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, texels);
        const isPainted = gl.getProgramParameter(program, gl.LINK_STATUS) && gl.getError() === gl.NO_ERROR;
        gl.bindFramebuffer(gl.FRAMEBUFFER, null);
        gl.deleteFramebuffer(frame);
        gl.deleteTexture(target);
        gl.deleteTexture(values);
        gl.deleteProgram(program);
        if (!isPainted)
            throw problem("The graphics card could not paint the picture. Close other pages and load this one again.");
        return texels;
    }

    // Paints the picture to texels: of each pixel four numbers, of which the first are the network's outputs.
    globalThis.decodePicture = async (bytes, texelCount, report, gl) => {
        const length = new DataView(bytes.buffer).getInt32(0, true);
        const picture = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
        const { task, width, height, channels, stride, outputs: [scale, offset] } = picture;
        const network = new Float32Array(bytes.buffer, 4 + length, 4 * picture.texels);
        const count = width * height * channels, stored = new Uint16Array(bytes.buffer, 4 + length + network.byteLength, count);
        const hidden = bytes.subarray(stored.byteOffset + stored.byteLength);
        const samples = Float32Array.from(stored, (sample, at) => hidden[at >> 3] >> (at & 7) & 1 ? -1 - sample / 65535 : sample / 65535);
        const lines = Math.ceil((picture.texels + width * height * stride / 4) / TEXTURE_WIDTH), numbers = new Float32Array(4 * TEXTURE_WIDTH * lines);
        numbers.set(network);
        shows[task](picture, samples, numbers.subarray(network.length, network.length + width * height * stride));
        const seen = await paint(gl, picture, numbers, report), painted = new Float32Array(seen.length / 4 * channels);
        for (let at = 0; at < painted.length; at++)
            painted[at] = seen[4 * Math.floor(at / channels) + at % channels];
        finishes[task](picture, samples, painted);
        const texels = new Float32Array(4 * texelCount);
        for (let at = 0; at < painted.length; at++)
            texels[4 * Math.floor(at / channels) + at % channels] = (painted[at] - offset) / scale;
        report(1);
        return texels;
    };
}
