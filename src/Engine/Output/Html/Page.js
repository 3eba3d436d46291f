
"use strict";
{
    // Around the whole picture, in CSS pixels.
    const MARGIN = 20;
    // A pixel of the learned picture is at most so many CSS pixels wide.
    const LARGEST_PIXEL = 64;
    const KEY_ZOOM = Math.SQRT2, WHEEL_ZOOM = 1.0015, PINCH_WHEEL_ZOOM = 1.01, KEY_STEP = 80;
    // A strip of the picture is as high as can be drawn in about this many milliseconds.
    const FAST = 25, SLOW = 60, FEWEST_ROWS = 4;
    // Sides of the coarse picture's pixels, and of the squares behind a transparent picture.
    const COARSE = 8, SQUARE = 8;

    const element = id => document.getElementById(id);
    const canvas = element("picture"), pen = canvas.getContext("2d");
    const pictureWidth = Number(canvas.dataset.width), pictureHeight = Number(canvas.dataset.height);

    function say(problem) {
        canvas.setAttribute("aria-busy", "false");
        element("problem").textContent = problem;
        element("problem").hidden = false;
    }

    // The painter: WebGL on a canvas that is not seen, from which strips are copied to the one that is.

    const easel = document.createElement("canvas");
    const gl = easel.getContext("webgl2", { antialias: false, depth: false, powerPreference: "high-performance" });
    let program = null;

    // The numbers stay in memory, for a lost context needs them again.
    async function decode() {
        const width = Number(canvas.dataset.textureWidth), rows = Math.ceil(Number(canvas.dataset.texels) / width);
        const text = element("values").textContent, length = globalThis.decodePicture ? 3 * text.length / 4 : width * rows * 16;
        const bytes = new Uint8Array(length);
        const atOnce = 1 << 16;
        let end = 0;
        for (let start = 0; start < text.length; start += atOnce) {
            const part = atob(text.slice(start, start + atOnce));
            for (let i = 0; i < part.length; i++)
                bytes[end++] = part.charCodeAt(i);
        }
        element("values").remove();
        const numbers = globalThis.decodePicture ? await decodePicture(bytes.subarray(0, end), width * rows, report, gl)
            : new Float32Array(bytes.buffer);
        return { width, rows, numbers };
    }

    function report(share) {
        element("progress").textContent = `The picture is being painted: ${Math.floor(100 * share)} %`;
        element("progress").hidden = share === 1;
    }

    // A program that covers all pixels, and a texture of numbers; a script that paints the picture first needs them too.

    globalThis.programOf = (gl, source) => {
        const program = gl.createProgram();
        for (const [type, text] of [[gl.VERTEX_SHADER, `#version 300 es
            void main() {
                gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4. - 1., 0., 1.);
            }`], [gl.FRAGMENT_SHADER, source]]) {
            const shader = gl.createShader(type);
            gl.shaderSource(shader, text);
            gl.compileShader(shader);
            gl.attachShader(program, shader);
        }
        gl.linkProgram(program);
        return program;
    };

    globalThis.textureOf = (gl, width, height, numbers) => {
        const texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, width, height, 0, gl.RGBA, gl.FLOAT, numbers);
        return texture;
    };

    function prepare(values) {
        program = programOf(gl, element("shader").textContent);
        if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
            if (!gl.isContextLost())
                say("The graphics driver could not compile the network: " +
                    (gl.getAttachedShaders(program).map(shader => gl.getShaderInfoLog(shader)).join("") || gl.getProgramInfoLog(program) || "it gives no reason."));
            return false;
        }
        gl.useProgram(program);
        textureOf(gl, values.width, values.rows, values.numbers);
        gl.uniform1i(gl.getUniformLocation(program, "values"), 0);
        gl.enable(gl.SCISSOR_TEST);
        if (gl.getError() === gl.NO_ERROR)
            return true;
        say("The network does not fit in the graphics memory. Close other pages and load this one again.");
        return false;
    }

    // The view: the place of the picture in the canvas's middle, and the zoom beyond the whole picture.

    let view = { x: .5, y: .5, zoom: 1 };
    let shown = null;

    const ratio = () => window.devicePixelRatio || 1;

    function fitting() {
        const margin = 2 * Math.min(MARGIN * ratio(), canvas.width / 8, canvas.height / 8);
        return Math.min((canvas.width - margin) / pictureWidth, (canvas.height - margin) / pictureHeight);
    }

    function largestZoom() {
        return Math.max(8, LARGEST_PIXEL * ratio() / fitting());
    }

    // Where the picture lies in the canvas, in its pixels.
    function frameOf({ x, y, zoom }) {
        const width = pictureWidth * fitting() * zoom, height = pictureHeight * fitting() * zoom;
        return { left: canvas.width / 2 - x * width, top: canvas.height / 2 - y * height, width, height };
    }

    const between = (low, value, high) => Math.max(low, Math.min(value, high));

    function look(x, y, zoom) {
        zoom = between(1, zoom, largestZoom());
        const frame = frameOf({ x, y, zoom });
        // A picture that fills the canvas leaves no gap at its edges; one that does not stays in the middle.
        const hold = (place, canvasSide, side) =>
            side <= canvasSide ? .5 : between(canvasSide / 2 / side, place, 1 - canvasSide / 2 / side);
        const next = { x: hold(x, canvas.width, frame.width), y: hold(y, canvas.height, frame.height), zoom };
        if (view === shown && next.x === view.x && next.y === view.y && next.zoom === view.zoom)
            return;
        view = next;
        request();
    }

    // The place under a point of the canvas stays there.
    function zoomAt(left, top, factor) {
        const frame = frameOf(view), zoom = between(1, view.zoom * factor, largestZoom()), by = zoom / view.zoom;
        const moved = (point, start, side, canvasSide) => ((point - start) * by - (point - canvasSide / 2)) / (side * by);
        look(moved(left, frame.left, frame.width, canvas.width), moved(top, frame.top, frame.height, canvas.height), zoom);
    }

    function move(right, down) {
        const frame = frameOf(view);
        look(view.x - right / frame.width, view.y - down / frame.height, view.zoom);
    }

    const zoomMiddle = factor => zoomAt(canvas.width / 2, canvas.height / 2, factor);

    // Drawing: a changed view first shows the old picture moved and stretched, with a coarse one under it, then strip by strip the new one.

    let frameRequest = 0, nextRow = 0, fence = null, since = 0;
    let pixelsAtOnce = 4e8 / Number(canvas.dataset.weights);

    function request() {
        canvas.setAttribute("aria-busy", "true");
        frameRequest ||= requestAnimationFrame(step);
    }

    // Draws rows of a picture of the canvas, which may be smaller than it, into the lower left of the easel.
    function draw(width, height, firstRow, rows) {
        const frame = frameOf(view), across = canvas.width / width, down = canvas.height / height;
        gl.viewport(0, 0, width, height);
        gl.scissor(0, height - firstRow - rows, width, rows);
        gl.uniform4f(gl.getUniformLocation(program, "view"),
            -frame.left / frame.width, (canvas.height - frame.top) / frame.height, across / frame.width, -down / frame.height);
        gl.uniform2f(gl.getUniformLocation(program, "board"), height, SQUARE * ratio() / across);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
    }

    function sketch() {
        const from = shown && frameOf(shown), to = frameOf(view), by = from ? to.width / from.width : 1;
        if (from) {
            pen.globalCompositeOperation = "copy";
            pen.drawImage(canvas, to.left - from.left * by, to.top - from.top * by, canvas.width * by, canvas.height * by);
        }
        const width = Math.ceil(canvas.width / COARSE), height = Math.ceil(canvas.height / COARSE);
        draw(width, height, 0, height);
        pen.globalCompositeOperation = "destination-over";
        pen.drawImage(easel, 0, easel.height - height, width, height, 0, 0, canvas.width, canvas.height);
        pen.globalCompositeOperation = "source-over";
        shown = view;
        nextRow = 0;
        canvas.dataset.frame = [to.left, to.top, to.width, to.height].join(" ");
        element("zoom").textContent = Math.round(view.zoom * 100) + "%";
    }

    function strip(rows) {
        draw(canvas.width, canvas.height, nextRow, rows);
        pen.clearRect(0, nextRow, canvas.width, rows);
        pen.drawImage(easel, 0, nextRow, canvas.width, rows, 0, nextRow, canvas.width, rows);
        fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
        gl.flush();
        since = performance.now();
        nextRow += rows;
    }

    function step() {
        frameRequest = 0;
        if (!program || gl.isContextLost())
            return;
        if (view !== shown)
            sketch();
        if (fence) {
            if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED)
                return request();
            const took = performance.now() - since;
            pixelsAtOnce *= took < FAST ? 2 : took > SLOW ? .5 : 1;
            gl.deleteSync(fence);
            fence = null;
        }
        if (nextRow < canvas.height) {
            strip(Math.min(Math.max(FEWEST_ROWS, Math.round(pixelsAtOnce / canvas.width)), canvas.height - nextRow));
            return request();
        }
        canvas.setAttribute("aria-busy", "false");
    }

    function resize(width, height) {
        if (width < 1 || height < 1 || width === canvas.width && height === canvas.height && shown)
            return;
        easel.width = canvas.width = width;
        easel.height = canvas.height = height;
        shown = null;
        look(view.x, view.y, view.zoom);
    }

    // Hands.

    const point = event => [event.offsetX * ratio(), event.offsetY * ratio()];
    const pointers = new Map();

    canvas.addEventListener("pointerdown", event => {
        canvas.setPointerCapture(event.pointerId);
        pointers.set(event.pointerId, point(event));
    });
    canvas.addEventListener("pointermove", event => {
        const old = pointers.get(event.pointerId), now = point(event);
        if (!old)
            return;
        pointers.set(event.pointerId, now);
        if (pointers.size === 1)
            return move(now[0] - old[0], now[1] - old[1]);
        const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
        const distance = place => Math.max(1, Math.hypot(place[0] - other[0], place[1] - other[1]));
        zoomAt((now[0] + other[0]) / 2, (now[1] + other[1]) / 2, distance(now) / distance(old));
        move((now[0] - old[0]) / 2, (now[1] - old[1]) / 2);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
        canvas.addEventListener(end, event => pointers.delete(event.pointerId));
    canvas.addEventListener("dblclick", event => zoomAt(...point(event), event.shiftKey ? .5 : 2));
    canvas.addEventListener("wheel", event => {
        event.preventDefault();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
        zoomAt(...point(event), (event.ctrlKey ? PINCH_WHEEL_ZOOM : WHEEL_ZOOM) ** (-event.deltaY * lines));
    }, { passive: false });

    const keys = {
        "+": () => zoomMiddle(KEY_ZOOM),
        "=": () => zoomMiddle(KEY_ZOOM),
        "-": () => zoomMiddle(1 / KEY_ZOOM),
        "_": () => zoomMiddle(1 / KEY_ZOOM),
        "0": () => look(.5, .5, 1),
        ArrowLeft: () => move(KEY_STEP * ratio(), 0),
        ArrowRight: () => move(-KEY_STEP * ratio(), 0),
        ArrowUp: () => move(0, KEY_STEP * ratio()),
        ArrowDown: () => move(0, -KEY_STEP * ratio()),
    };
    document.addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key))
            return;
        event.preventDefault();
        keys[event.key]();
    });
    element("in").addEventListener("click", keys["+"]);
    element("out").addEventListener("click", keys["-"]);
    element("fit").addEventListener("click", keys["0"]);

    // The start.

    async function open() {
        const values = await decode();
        if (!prepare(values) && !gl.isContextLost())
            return;
        easel.addEventListener("webglcontextlost", event => {
            event.preventDefault();
            program = null;
            say("The graphics card stopped work on this picture. It is drawn again when the card is back; otherwise load the page again.");
        });
        easel.addEventListener("webglcontextrestored", () => {
            fence = null;
            if (!prepare(values))
                return;
            element("problem").hidden = true;
            shown = null;
            request();
        });
        const observer = new ResizeObserver(([entry]) => {
            const device = entry.devicePixelContentBoxSize?.[0], box = entry.contentRect;
            resize(device?.inlineSize ?? Math.round(box.width * ratio()),
                device?.blockSize ?? Math.round(box.height * ratio()));
        });
        try {
            observer.observe(canvas, { box: "device-pixel-content-box" });
        } catch {
            observer.observe(canvas);
        }
    }

    if (gl)
        open().catch(error => say(error.isForPage ? error.message : "This page is damaged. Save it again."));
    else
        say("This page needs WebGL 2, which this browser does not have or has turned off. Open it in a newer browser, or turn on " +
            "hardware acceleration in its settings.");
}
