using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// A model file, a checkpoint or an experiment's file could not be loaded or saved; the message names the file, what is wrong and what
/// to do, in one line of plain text.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Says what is wrong with a model file.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="path">The file.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What was caught, or null.</param>
    public ModelFileException(ModelFileProblem problem, string path, string message, Exception? innerException = null)
        : base(PlainText.Line(message), innerException)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>The kind of problem.</summary>
    public ModelFileProblem Problem { get; }

    /// <summary>The file, or what a model is called that is in none.</summary>
    public string Path { get; }
}

/// <summary>What stopped a model file, a checkpoint, a file of snapshots or an experiment's from being loaded or saved.</summary>
public enum ModelFileProblem
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The path is a folder.</summary>
    IsFolder,

    /// <summary>The file or its folder may not be read or written.</summary>
    AccessDenied,

    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>The file is neither a safetensors file nor a compressed model.</summary>
    NotSafetensors,

    /// <summary>It is a safetensors file, but not of a network of this kind.</summary>
    NotAModel,

    /// <summary>It is a safetensors file, but not a checkpoint.</summary>
    NotACheckpoint,

    /// <summary>It is no file of snapshots.</summary>
    NotSnapshots,

    /// <summary>It is not the file of an experiment.</summary>
    NotAnExperiment,

    /// <summary>A version of the model file that is not known here.</summary>
    UnknownVersion,

    /// <summary>The file ends before its data do.</summary>
    Truncated,

    /// <summary>The header is not the JSON that it must be.</summary>
    InvalidHeader,

    /// <summary>The description of the network or of its training is incomplete or has a value out of its range.</summary>
    InvalidDescription,

    /// <summary>A tensor has a number type, shape or size that does not fit the network.</summary>
    InvalidTensor,

    /// <summary>A tensor of the network is missing.</summary>
    MissingTensor,

    /// <summary>A tensor belongs to no layer of the network.</summary>
    UnknownTensor,

    /// <summary>Tensors overlap, or there are bytes that belong to none.</summary>
    InvalidLayout,

    /// <summary>The network, or the header, is larger than any that is loaded or saved.</summary>
    TooLarge,

    /// <summary>A weight is infinite, not a number, or too large for the precision.</summary>
    NotFinite,

    /// <summary>The format has no place for what the network needs.</summary>
    Unsupported,

    /// <summary>The size of the learned picture is needed, and it is not known.</summary>
    SizeUnknown,

    /// <summary>There is no picture that suits the network, and a compressed network must be measured.</summary>
    PictureMissing,

    /// <summary>The network does not paint the picture as well as the compressed file was to.</summary>
    PsnrOutOfReach,

    /// <summary>The bytes of a checkpoint, a snapshot or a picture of latents are not those that were written.</summary>
    ChecksumMismatch,

    /// <summary>The model that a compressed network started with is missing, or another one has its name.</summary>
    StartMissing,

    /// <summary>The checkpoint, or the file of snapshots, is of a run on another picture.</summary>
    OtherPicture,

    /// <summary>Another run writes this checkpoint or file of snapshots.</summary>
    InUse,

    /// <summary>The file could not be read to its end.</summary>
    ReadFailed,

    /// <summary>The file is there already and overwriting was not requested.</summary>
    FileExists,

    /// <summary>The folder to write to is not there.</summary>
    FolderMissing,

    /// <summary>The file's name has characters that do more than show, such as those that control a terminal.</summary>
    InvalidName,

    /// <summary>The file could not be written to its end.</summary>
    WriteFailed,
}
