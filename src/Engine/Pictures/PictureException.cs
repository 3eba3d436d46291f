using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>What stopped a picture from being read or written.</summary>
public enum PictureProblem
{
    /// <summary>The file does not exist.</summary>
    NotFound,

    /// <summary>The path is a folder.</summary>
    IsFolder,

    /// <summary>The file or its folder may not be read or written.</summary>
    AccessDenied,

    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>The file's content is not a picture of a known format; its name does not matter.</summary>
    NotAPicture,

    /// <summary>The picture's format is known, but not one that is read or written here.</summary>
    UnsupportedFormat,

    /// <summary>The file is cut short or damaged.</summary>
    Damaged,

    /// <summary>The picture has more pixels than are read, or than its format can hold.</summary>
    TooLarge,

    /// <summary>A mask has another size than its picture.</summary>
    MaskSizeMismatch,

    /// <summary>Every pixel is transparent, masked or held out, and none is left to learn from.</summary>
    NothingToLearn,

    /// <summary>The share to hold out is less than one pixel, or a mask hides none.</summary>
    NothingHeldOut,

    /// <summary>The file could not be read to its end.</summary>
    ReadFailed,

    /// <summary>The file exists already and overwriting was not requested.</summary>
    FileExists,

    /// <summary>The folder to write to does not exist.</summary>
    FolderMissing,

    /// <summary>The format cannot hold that many bits a sample.</summary>
    UnsupportedBitDepth,

    /// <summary>The file's name has characters that do more than show, such as those that control a terminal.</summary>
    InvalidName,

    /// <summary>A colour to write is not a number, or infinite.</summary>
    NotFinite,

    /// <summary>The file could not be written to its end.</summary>
    WriteFailed,

    /// <summary>The native picture library could not be loaded, or has the wrong version.</summary>
    LibraryUnavailable,

    /// <summary>The native picture library lacks an operation that is needed.</summary>
    OperationMissing,
}

/// <summary>A picture could not be read or written; the message names the file, what is wrong and what to do, in one line of plain text.</summary>
public sealed class PictureException : Exception
{
    /// <summary>Says what is wrong with a picture.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="path">The picture's file, or null if no single file is to blame.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What was caught, or null.</param>
    public PictureException(PictureProblem problem, string? path, string message, Exception? innerException = null)
        : base(PlainText.Line(message), innerException)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>The kind of problem.</summary>
    public PictureProblem Problem { get; }

    /// <summary>The picture's file, or null if no single file is to blame.</summary>
    public string? Path { get; }

    /// <summary>The exception for a picture that cannot be written.</summary>
    internal static PictureException ForWriting(WriteProblem problem, string path, string message, Exception? innerException) =>
        new(problem switch
        {
            WriteProblem.IsFolder => PictureProblem.IsFolder,
            WriteProblem.FileExists => PictureProblem.FileExists,
            WriteProblem.FolderMissing => PictureProblem.FolderMissing,
            WriteProblem.AccessDenied => PictureProblem.AccessDenied,
            WriteProblem.InvalidName => PictureProblem.InvalidName,
            _ => PictureProblem.WriteFailed,
        }, path, message, innerException);
}
