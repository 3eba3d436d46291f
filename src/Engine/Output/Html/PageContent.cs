using System.Text;
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
        float[] start = [.. _encoding.Start.Entropy, .. _encoding.Start.Layers(network.Design)];
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write((short)start.Length);
        foreach (float number in start)
            writer.Write((short)LatentWeight.ToWhole(number));
        writer.Write(LatentFile.Compose(network, network.Training, cancellationToken));
    }
}
