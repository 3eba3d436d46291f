using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A picture and the network that sees its neighbourhoods, with which the page paints it: at twice its size, or restored. First comes the
/// length of a text in JSON, 32 bits, then the text, which says what the others are: the network's numbers as <see cref="PageValues"/> has
/// them; the picture's samples, of 16 bits; and a bit for each that says whether it is hidden, and the sample a guess.
/// </summary>
internal sealed class NeighborhoodContent(Mlp network) : PageContent
{
    private readonly NeighborhoodEncoding _encoding = (NeighborhoodEncoding)network.Design.Encoding;
    private readonly NeighborhoodView _view = NeighborhoodView.For((NeighborhoodEncoding)network.Design.Encoding);
    private readonly PageValues _values = new(network);

    private int Scale => _encoding.Task == NeighborhoodTask.Enlarge ? 2 : 1;

    private long Pixels => (long)_encoding.Width * _encoding.Height;

    /// <inheritdoc/>
    public override long TexelCount => Scale * Scale * Pixels;

    /// <inheritdoc/>
    public override long MostTexels => Math.Max(TexelCount, _values.TexelCount + (Pixels * _view.Stride + Quads.Width - 1) / Quads.Width);

    /// <inheritdoc/>
    public override long? PixelCount => Pixels;

    /// <inheritdoc/>
    public override int KeptWidth => _values.KeptQuads * Quads.Width;

    /// <inheritdoc/>
    public override string Shader => PageShader.OfPicture(network, Scale * _encoding.Width, Scale * _encoding.Height);

    /// <inheritdoc/>
    public override string Decoder => "Neighborhood.js";

    /// <inheritdoc/>
    public override void WriteValues(Stream stream, CancellationToken cancellationToken)
    {
        byte[] text = Encoding.UTF8.GetBytes(Description().ToJsonString());
        // Numbers begin at a multiple of their length.
        byte[] padded = [.. text, .. Enumerable.Repeat((byte)' ', (sizeof(float) - text.Length % sizeof(float)) % sizeof(float))];
        stream.Write(BitConverter.GetBytes(padded.Length));
        stream.Write(padded);
        var writer = new TexelWriter(stream, cancellationToken);
        _values.Write(writer);
        WriteSamples(stream, network.EncodingTensors[0].Values);
    }

    private static void WriteSamples(Stream stream, float[] samples)
    {
        byte[] bytes = new byte[samples.Length * sizeof(ushort)], hidden = new byte[(samples.Length + 7) / 8];
        for (int i = 0; i < samples.Length; i++)
        {
            float sample = Math.Clamp(FillingView.SampleOf(samples[i]), 0, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)MathF.Round(sample * ushort.MaxValue));
            hidden[i / 8] |= (byte)(FillingView.IsHidden(samples[i]) ? 1 << i % 8 : 0);
        }
        stream.Write(bytes);
        stream.Write(hidden);
    }

    private JsonObject Description()
    {
        ColorTransform colors = ColorTransform.Of(network.Design.Colors);
        return new JsonObject
        {
            ["task"] = _encoding.Task.ToString(), ["width"] = _encoding.Width, ["height"] = _encoding.Height, ["channels"] = _encoding.Channels,
            ["noise"] = _encoding.Noise, ["stride"] = _view.Stride, ["texels"] = _values.TexelCount, ["outputs"] = new JsonArray(colors.Scale, colors.Offset),
            ["views"] = new JsonArray(Scale > 1 || _encoding.IsSingleView ? 1 : 4, _encoding.IsSingleView ? 1 : 2), ["kernel"] = Kernel(),
            ["shader"] = PageShader.OfNeighborhoods(network, _values.KeptQuads, _values.TexelCount),
        };
    }

    /// <summary>
    /// By which weights the doubled picture gives the picture again, how far before the pixel the first lies, and how many times it is
    /// corrected; null for none.
    /// </summary>
    private JsonObject? Kernel()
    {
        if (_encoding.Corrections == 0)
            return null;
        (float[] weights, int before) = BackProjection.Weights(_encoding.Kernel);
        return new JsonObject
        {
            ["weights"] = new JsonArray([.. weights.Select(weight => JsonValue.Create(weight))]), ["before"] = before,
            ["times"] = _encoding.Corrections,
        };
    }
}
