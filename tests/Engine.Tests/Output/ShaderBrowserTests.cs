using System.Text.Json;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>Shaders, painted by a real WebGL 2 the way Shadertoy does it, have the engine's pixels.</summary>
[Collection(BrowserCollection.Name)]
public class ShaderBrowserTests(Chromium browser)
{
    /// <summary>In 255ths; what both round to 8 bits differs by a fraction of one.</summary>
    private const double MostDifference = 2, LeastContrast = 10;

    private const int Margin = 3, Scale = 2;

    [Theory, MemberData(nameof(ExportCases.Names), MemberType = typeof(ExportCases))]
    public Task The_canvas_agrees_with_the_engine(string name) => AssertAgrees(ExportCases.Get(name), Scale);

    [Fact]
    public Task A_trained_network_agrees()
    {
        TrainingRun run = ExportTraining.Train(new MlpDesign { HiddenLayers = [48, 48, 48] }, seconds: 1);
        return AssertAgrees(run.Network.WithTraining(run.Facts()), scale: 1);
    }

    [Fact]
    public Task The_largest_dense_network_that_is_allowed_agrees()
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [88, 88, 90], Omega = 20 });
        Assert.InRange(network.ParameterCount, GlslFile.MaxValueCount - 200, GlslFile.MaxValueCount);
        return AssertAgrees(ExportCases.Told(network), Scale);
    }

    [Fact]
    public Task The_largest_grid_that_is_allowed_agrees()
    {
        var grid = new GridEncoding { Levels = [new(8, 8, 64), new(60, 50, 3000), new(70, 70, 1031)] };
        Mlp network = TestNetworks.Create(grid, Activation.ReLU, [16]);
        Assert.InRange(grid.ParameterCount, GlslFile.MaxTableValueCount - 10, GlslFile.MaxTableValueCount);
        return AssertAgrees(ExportCases.Told(network), Scale);
    }

    private async Task AssertAgrees(Mlp network, int scale)
    {
        BrowserPage page = await browser.SharedPage();
        using var folder = new TemporaryFolder();
        new GlslFile().Save(network, folder.File("shader.glsl"), cancellationToken: TestContext.Current.CancellationToken);
        TrainingFacts facts = network.Training!;
        int width = facts.PictureWidth * scale, height = facts.PictureHeight * scale, canvasWidth = width + 2 * Margin;

        byte[] canvas = await Paint(page, File.ReadAllText(folder.File("shader.glsl")), canvasWidth, height);

        byte[] expected = ExpectedPixels.Of(network, PictureRegion.Whole(facts.PictureWidth, facts.PictureHeight), width, height, Margin);
        Assert.InRange(ExpectedPixels.Contrast(expected), LeastContrast, 255);
        byte[] painted = Columns(canvas, canvasWidth, height, Margin, width);
        double difference = ExpectedPixels.MeanDifference(painted, expected);
        TestContext.Current.TestOutputHelper?.WriteLine($"{network.Shape} {network.Activation}: mean difference {difference:F3} / 255");
        Assert.InRange(difference, 0, MostDifference);
        Assert.All(Columns(canvas, canvasWidth, height, 0, Margin), sample => Assert.Equal(0, sample));
        Assert.All(Columns(canvas, canvasWidth, height, Margin + width, Margin), sample => Assert.Equal(0, sample));
    }

    /// <summary>Paints a shader as Shadertoy does, and gives the canvas from top to bottom, <c>[height, width, 3]</c>.</summary>
    private static async Task<byte[]> Paint(BrowserPage page, string source, int width, int height)
    {
        string pixels = (string)(await page.Evaluate($$"""
            (() => {
                const gl = Object.assign(document.createElement("canvas"), { width: {{width}}, height: {{height}} }).getContext("webgl2");
                if (!gl)
                    throw new Error("There is no WebGL 2 in this browser.");
                const program = gl.createProgram();
                for (const [type, source] of [
                    [gl.VERTEX_SHADER, "#version 300 es\nin vec2 corner; void main() { gl_Position = vec4(corner, 0, 1); }"],
                    [gl.FRAGMENT_SHADER, "#version 300 es\nprecision highp float;\nuniform vec3 iResolution;\nout vec4 result;\n" +
                        {{JsonSerializer.Serialize(source)}} +
                        "\nvoid main() { vec4 color = vec4(0); mainImage(color, gl_FragCoord.xy); result = vec4(color.rgb, 1); }"]]) {
                    const shader = gl.createShader(type);
                    gl.shaderSource(shader, source);
                    gl.compileShader(shader);
                    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
                        throw new Error("The shader does not compile: " + gl.getShaderInfoLog(shader));
                    gl.attachShader(program, shader);
                }
                gl.linkProgram(program);
                gl.useProgram(program);
                gl.uniform3f(gl.getUniformLocation(program, "iResolution"), {{width}}, {{height}}, 1);
                gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
                gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 3, -1, -1, 3]), gl.STATIC_DRAW);
                gl.enableVertexAttribArray(0);
                gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
                gl.drawArrays(gl.TRIANGLES, 0, 3);
                const pixels = new Uint8Array({{width * height * 4}});
                gl.readPixels(0, 0, {{width}}, {{height}}, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
                if (gl.getError())
                    throw new Error("WebGL reports an error.");
                gl.getExtension("WEBGL_lose_context").loseContext();
                return pixels.toBase64 ? pixels.toBase64() : btoa(Array.from(pixels, b => String.fromCharCode(b)).join(""));
            })()
            """))!;
        byte[][] rows = [.. Convert.FromBase64String(pixels).Chunk(width * 4)];
        return [.. rows.Reverse().SelectMany(row => row.Chunk(4).SelectMany(pixel => pixel.Take(3)))];
    }

    private static byte[] Columns(byte[] pixels, int width, int height, int first, int count) =>
        [.. Enumerable.Range(0, height).SelectMany(row => pixels.Skip((row * width + first) * 3).Take(count * 3))];
}
