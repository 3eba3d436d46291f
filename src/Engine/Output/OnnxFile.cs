using Google.Protobuf;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine;

/// <summary>
/// Saves networks as ONNX models, which ONNX Runtime and many other programs run; docs/onnx.md describes them. The input
/// <c>coordinates</c> is <c>[pixels, 2]</c>, the centres of any number of pixels, <c>((x + 0.5) / width, (y + 0.5) / height)</c>; the
/// output <c>colors</c> is <c>[pixels, outputs]</c>, in [0, 1]. Encoding, coordinate convention and colour range are inside the model.
/// </summary>
public static class OnnxFile
{
    /// <summary>The extension of ONNX models, with its dot.</summary>
    public const string Extension = ".onnx";

    /// <summary>The version of ONNX's operators that the models use.</summary>
    public const int Opset = OnnxModel.Opset;

    /// <summary>Saves the network of a training run; what is worth knowing of the run is kept in the model's metadata.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">As for a network.</exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static void Save(TrainingRun run, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        Save(run.Network.WithTraining(run.Facts()), path, overwrite, cancellationToken);
    }

    /// <summary>
    /// Saves a network. The file takes its place in one step when it is complete; a failed or cancelled save leaves the folder as it was.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file to write; taken literally, whatever characters it has.</param>
    /// <param name="overwrite">Whether a file that is there already is replaced.</param>
    /// <param name="cancellationToken">Stops the saving.</param>
    /// <exception cref="ModelFileException">
    /// The file cannot be written, a weight is not finite, the model would be longer than the 2 GiB that ONNX allows a file, or the
    /// coordinates are <see cref="CoordinateConvention.RowColumnCorner"/>, which needs the learned picture's size, and
    /// <see cref="Mlp.Training"/> does not tell it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The saving was cancelled.</exception>
    public static void Save(Mlp network, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        RequireSize(network, path);
        ExportedFile.Write(network, path, overwrite, stream =>
        {
            ProtobufMessage model = OnnxModel.Of(network);
            RequireLength(model.Length, path);
            var output = new CodedOutputStream(stream, leaveOpen: true);
            model.WriteTo(output, cancellationToken);
            output.Flush();
        }, cancellationToken);
    }

    /// <summary>Throws where a model is longer than protobuf allows a message to be.</summary>
    internal static void RequireLength(long length, string path)
    {
        if (length > int.MaxValue)
            throw new ModelFileException(ModelFileProblem.TooLarge, path,
                $"'{path}' cannot be written: the model would have {length} bytes, and an ONNX file holds at most {int.MaxValue}. " +
                "Train a smaller network.");
    }

    private static void RequireSize(Mlp network, string path)
    {
        if (network.Design.Coordinates == CoordinateConvention.RowColumnCorner && network.Training is null)
            throw new ModelFileException(ModelFileProblem.SizeUnknown, path,
                $"'{path}' cannot be written: the coordinates {network.Design.Coordinates} depend on the size of the learned picture, " +
                "and this network does not tell it. Save the training run, or a network from a model file that tells of its training.");
    }
}
