using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Turns what went wrong into error records with stable identifiers, categories and targets.</summary>
internal static class CommandErrors
{
    public static ErrorRecord InvalidOption(ArgumentException exception, object? target = null) =>
        new(exception, ErrorIds.InvalidOption, ErrorCategory.InvalidArgument, target);

    public static ErrorRecord InvalidOption(string message, object? target = null) =>
        InvalidOption(new ArgumentException(message), target);

    public static ErrorRecord Picture(PictureException exception, string path) =>
        new(exception, exception.Problem.ToString(), CategoryOf(exception.Problem), path);

    public static ErrorRecord Model(ModelFileException exception, string path) =>
        new(exception, exception.Problem.ToString(), CategoryOf(exception.Problem), path);

    public static ErrorRecord TrainingDiverged(TrainingDivergedException exception, PixelDataset dataset) =>
        new(exception, ErrorIds.TrainingDiverged, ErrorCategory.InvalidResult, dataset);

    public static ErrorRecord ProviderUnavailable(ProviderUnavailableException exception, ComputeProvider provider) =>
        new(exception, ErrorIds.ProviderUnavailable, ErrorCategory.ResourceUnavailable, provider);

    public static ErrorRecord DependencyUnavailable(DependencyException exception) =>
        new(exception, ErrorIds.DependencyUnavailable, ErrorCategory.ResourceUnavailable, exception.Dependency);

    public static ErrorRecord NetworkTooLarge(OutOfMemoryException exception, object? target) =>
        new(new InvalidOperationException("There is not enough memory for this network; use fewer or narrower hidden layers.", exception),
            ErrorIds.NetworkTooLarge, ErrorCategory.ResourceUnavailable, target);

    public static ErrorRecord Of(string errorId, ErrorCategory category, object? target, string message, Exception? cause = null) =>
        new(new InvalidOperationException(message, cause), errorId, category, target);

    private static ErrorCategory CategoryOf(PictureProblem problem) => problem switch
    {
        PictureProblem.NotFound or PictureProblem.FolderMissing => ErrorCategory.ObjectNotFound,
        PictureProblem.IsFolder => ErrorCategory.InvalidType,
        PictureProblem.AccessDenied => ErrorCategory.PermissionDenied,
        PictureProblem.Empty or PictureProblem.NotAPicture or PictureProblem.Damaged or PictureProblem.NotFinite or
            PictureProblem.NothingToLearn => ErrorCategory.InvalidData,
        PictureProblem.UnsupportedFormat or PictureProblem.UnsupportedBitDepth or PictureProblem.MaskSizeMismatch =>
            ErrorCategory.InvalidArgument,
        PictureProblem.TooLarge => ErrorCategory.LimitsExceeded,
        PictureProblem.ReadFailed => ErrorCategory.ReadError,
        PictureProblem.FileExists => ErrorCategory.ResourceExists,
        PictureProblem.WriteFailed => ErrorCategory.WriteError,
        PictureProblem.LibraryUnavailable or PictureProblem.OperationMissing => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };

    private static ErrorCategory CategoryOf(ModelFileProblem problem) => problem switch
    {
        ModelFileProblem.NotFound or ModelFileProblem.FolderMissing => ErrorCategory.ObjectNotFound,
        ModelFileProblem.IsFolder => ErrorCategory.InvalidType,
        ModelFileProblem.AccessDenied => ErrorCategory.PermissionDenied,
        ModelFileProblem.UnknownVersion => ErrorCategory.NotImplemented,
        ModelFileProblem.TooLarge => ErrorCategory.LimitsExceeded,
        ModelFileProblem.SizeUnknown => ErrorCategory.InvalidArgument,
        ModelFileProblem.ReadFailed => ErrorCategory.ReadError,
        ModelFileProblem.FileExists => ErrorCategory.ResourceExists,
        ModelFileProblem.InUse => ErrorCategory.ResourceBusy,
        ModelFileProblem.OtherPicture => ErrorCategory.InvalidArgument,
        ModelFileProblem.WriteFailed => ErrorCategory.WriteError,
        // All that can be wrong with what is in a file.
        _ => ErrorCategory.InvalidData,
    };
}
