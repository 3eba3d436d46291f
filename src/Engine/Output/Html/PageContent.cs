using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>What a page has of a network: numbers, the shader that paints them, and a script that makes texels of them first, if one does.</summary>
internal abstract class PageContent
{
    /// <summary>Texels of the texture of numbers.</summary>
    public abstract long TexelCount { get; }

    /// <summary>Texels of the largest texture that is needed on the way to that one.</summary>
    public virtual long MostTexels => TexelCount;

    /// <summary>Pixels of the learned picture, if the numbers are of these; null if they are of the network alone.</summary>
    public virtual long? PixelCount => null;

    /// <summary>The most neurons or features that the shader keeps from one layer to the next.</summary>
    public virtual int KeptWidth => 0;

    /// <summary>The shader's source.</summary>
    public abstract string Shader { get; }

    /// <summary>The name of the script among this assembly's texts, or null.</summary>
    public virtual string? Decoder => null;

    /// <summary>Writes the numbers.</summary>
    public abstract void WriteValues(Stream stream, CancellationToken cancellationToken);
}

/// <summary>A network that the shader runs for every pixel.</summary>
internal sealed class NetworkContent(Mlp network) : PageContent
{
    private readonly PageValues _values = new(network);

    /// <inheritdoc/>
    public override long TexelCount => _values.TexelCount;

    /// <inheritdoc/>
    public override int KeptWidth => _values.KeptQuads * Quads.Width;

    /// <inheritdoc/>
    public override string Shader => PageShader.Of(network, _values.KeptQuads);

    /// <inheritdoc/>
    public override void WriteValues(Stream stream, CancellationToken cancellationToken) =>
        _values.Write(new TexelWriter(stream, cancellationToken));
}

/// <summary>
/// A picture of latents as its compressed file, which the page decodes. Before it are the numbers that its networks start with, 16 bits
/// each, and how many they are.
/// </summary>
internal sealed class LatentContent(Mlp network) : PageContent
{
    private readonly LatentEncoding _encoding = (LatentEncoding)network.Design.Encoding;

    /// <inheritdoc/>
    public override long TexelCount => (long)_encoding.Width * _encoding.Height;

    /// <inheritdoc/>
    public override long? PixelCount => TexelCount;

    /// <inheritdoc/>
    public override string Shader => PageShader.OfPicture(network, _encoding.Width, _encoding.Height);

    /// <inheritdoc/>
    public override string Decoder => "Latents.js";

    /// <inheritdoc/>
    public override void WriteValues(Stream stream, CancellationToken cancellationToken)
    {
        float[] start = [.. LatentStart.Entropy, .. LatentStart.Layers(network.Design)];
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((short)start.Length);
        foreach (float number in start)
            writer.Write((short)LatentCoder.ToWhole(number));
        writer.Write(LatentFile.Compose(network, network.Training, cancellationToken));
    }
}

/// <summary>
/// A picture and the network that sees its neighbourhoods, with which the page paints it: at twice its size, or restored. First comes the length of a text
/// in JSON, 32 bits, then the text, which says what the others are: the network's numbers as <see cref="PageValues"/> has them; the picture's
/// samples, of 16 bits; and a bit for each that says whether it is hidden, and the sample a guess.
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
            bool isHidden = FillingView.IsHidden(samples[i]);
            float sample = isHidden ? FillingView.Shown(samples[i]) : samples[i];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)MathF.Round(Math.Clamp(sample, 0, 1) * ushort.MaxValue));
            hidden[i / 8] |= (byte)(isHidden ? 1 << i % 8 : 0);
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
            ["views"] = new JsonArray(_encoding.Task == NeighborhoodTask.Enlarge || _encoding.IsSingleView ? 1 : 4, _encoding.IsSingleView ? 1 : 2), ["kernel"] = Kernel(), ["shader"] = PageShader.OfNeighborhoods(network, _values.KeptQuads, _values.TexelCount),
        };
    }

    /// <summary>By which weights the doubled picture gives the picture again, and where the first lies from the pixel's first; null where it need not.</summary>
    private JsonObject? Kernel()
    {
        if (_encoding.Corrections == 0)
            return null;
        (float[] weights, int before) = BackProjection.Weights(_encoding.Kernel);
        return new JsonObject { ["weights"] = new JsonArray([.. weights.Select(weight => JsonValue.Create(weight))]), ["before"] = before, ["times"] = _encoding.Corrections };
    }
}
