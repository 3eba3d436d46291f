using Google.Protobuf;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Exports networks as ONNX models, which ONNX Runtime and many other programs run; docs/onnx.md describes them. The input
/// <c>coordinates</c> is <c>[pixels, 2]</c>, the centres of any number of pixels, <c>((x + 0.5) / width, (y + 0.5) / height)</c>; the
/// output <c>colors</c> is <c>[pixels, outputs]</c>, in [0, 1]. Encoding, coordinate convention and colour range are inside the model. A
/// network with the encoding Neighborhood becomes a model that takes a picture, see <see cref="OnnxNeighborhood"/>, and a
/// picture of latents one that needs nothing, see <see cref="OnnxLatents"/>.
/// </summary>
/// <param name="opset">The version of ONNX's operators, <see cref="OnnxOpset.Oldest"/> to <see cref="OnnxOpset.Newest"/>.</param>
internal sealed class OnnxFile(int opset = OnnxOpset.Default) : NetworkExport
{
    /// <inheritdoc/>
    public override string Extension => ".onnx";

    /// <inheritdoc/>
    public override string Description => $"ONNX opset {opset}";

    /// <inheritdoc/>
    private protected override bool Holds(InputEncoding encoding) => encoding is NeighborhoodEncoding or LatentEncoding;

    /// <summary>Throws where a model is longer than protobuf allows a message to be.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="encoding">The network's encoding.</param>
    public static void RequireLength(long length, string path, InputEncoding encoding)
    {
        if (length > int.MaxValue)
            throw new ModelFileException(ModelFileProblem.TooLarge, path,
                $"'{path}' cannot be written: the model would have {length} bytes, and an ONNX file holds at most {int.MaxValue}. " +
                (encoding is LatentEncoding ? "Learn the picture smaller, with New-PixelDataset -MaxSize." : "Train a smaller network."));
    }

    private protected override Action<Stream> Prepare(Mlp network, string path, CancellationToken cancellationToken)
    {
        if (network.Design.Coordinates == CoordinateConvention.RowColumnCorner && network.Training is null)
            throw new ModelFileException(ModelFileProblem.SizeUnknown, path,
                $"'{path}' cannot be written: the coordinates {network.Design.Coordinates} depend on the size of the learned picture, " +
                "and this network does not tell it. Save the training run, or a network from a model file that tells of its training.");
        if (network.Design.Encoding is LatentEncoding latents)
            RequireLength(OnnxLatents.LeastLength(latents), path, latents);
        return stream =>
        {
            ProtobufMessage model = OnnxModel.Of(network, opset);
            RequireLength(model.Length, path, network.Design.Encoding);
            var output = new CodedOutputStream(stream, leaveOpen: true);
            model.WriteTo(output, cancellationToken);
            output.Flush();
        };
    }
}
