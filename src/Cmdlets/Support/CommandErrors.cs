using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Numerics;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>What a command was doing when something went wrong, and to what: the targets of error records.</summary>
/// <param name="Subject">The object that is worked on, or a parameter's value; null where there is none.</param>
/// <param name="File">The picture that is read, or the file that is written.</param>
/// <param name="Provider">What is to compute.</param>
/// <param name="MakesNetwork">Whether memory is needed for a network.</param>
internal readonly record struct ErrorContext(
    object? Subject = null, string? File = null, object? Provider = null, bool MakesNetwork = false);

/// <summary>A problem that a command finds itself: its error record on the way to <see cref="CommandErrors"/>.</summary>
/// <param name="error">What is wrong, and what to do.</param>
internal sealed class CommandException(ErrorRecord error) : Exception(error.Exception.Message, error.Exception)
{
    public CommandException(string errorId, ErrorCategory category, object? target, string message, Exception? cause = null)
        : this(CommandErrors.Of(errorId, category, target, message, cause))
    {
    }

    public ErrorRecord ErrorRecord => error;
}

/// <summary>The table from exceptions to error records with stable identifiers, categories and targets.</summary>
internal static class CommandErrors
{
    /// <summary>The error record of an exception; null for one that the user cannot do anything about.</summary>
    public static ErrorRecord? Of(Exception exception, ErrorContext context = default) => exception switch
    {
        CommandException found => found.ErrorRecord,
        PictureException picture => new(picture, picture.Problem.ToString(), CategoryOf(picture.Problem), context.File ?? context.Subject),
        ModelFileException model => new(model, model.Problem.ToString(), CategoryOf(model.Problem), model.Path),
        TrainingDivergedException => new(exception, ErrorIds.TrainingDiverged, ErrorCategory.InvalidResult, context.Subject),
        LatentTargetException => new(exception, ErrorIds.TargetOutOfReach, ErrorCategory.LimitsExceeded, context.Subject),
        ProviderUnavailableException =>
            new(exception, ErrorIds.ProviderUnavailable, ErrorCategory.ResourceUnavailable, context.Provider),
        DependencyException dependency =>
            new(exception, ErrorIds.DependencyUnavailable, ErrorCategory.ResourceUnavailable, dependency.Dependency),
        ThreadLimitException => new(exception, ErrorIds.ThreadLimit, ErrorCategory.LimitsExceeded, context.Subject),
        // The thread of the work itself.
        TaskSchedulerException => Of(ErrorIds.ThreadLimit, ErrorCategory.LimitsExceeded, context.Subject,
            "The system starts no more threads for this user, process or container. End other work, or raise the limit (ulimit -u, or the " +
            "container's limit of processes).", exception),
        ArgumentException => new(exception, ErrorIds.InvalidOption, ErrorCategory.InvalidArgument, context.Subject),
        OutOfMemoryException when context.MakesNetwork => Of(ErrorIds.NetworkTooLarge, ErrorCategory.ResourceUnavailable, context.Subject,
            FormattableString.Invariant($"There is not enough memory for this network: this process may use {Available:0.##} GiB. ") +
            "Use fewer or narrower hidden layers.", exception),
        _ => null,
    };

    /// <summary>The error record of a problem that a command finds itself.</summary>
    public static ErrorRecord Of(string errorId, ErrorCategory category, object? target, string message, Exception? cause = null) =>
        new(new InvalidOperationException(PlainText.Line(message), cause), errorId, category, target);

    /// <summary>The error record of a parameter's value.</summary>
    public static ErrorRecord InvalidOption(string message, object? target = null) => Of(new ArgumentException(PlainText.Line(message)), new(target))!;

    /// <summary>The error record of an object of another kind than a command works on, or of one from another session that is damaged.</summary>
    /// <param name="value">The object.</param>
    /// <param name="wanted">What is needed.</param>
    public static ErrorRecord UnsupportedInput(object? value, Wanted wanted) =>
        UnsupportedInput(value, WantedText.Names(wanted), WantedText.Remedy(wanted, Rehydration.Live(value)));

    /// <inheritdoc cref="UnsupportedInput(object?, Wanted)"/>
    /// <param name="value">The object.</param>
    /// <param name="expected">What is needed.</param>
    /// <param name="remedy">What to do, after a space.</param>
    public static ErrorRecord UnsupportedInput(object? value, string expected, string remedy = "") => Rehydration.Problem(value) is Exception problem
        ? new(problem, ErrorIds.InvalidObject, ErrorCategory.InvalidData, value)
        : Of(ErrorIds.UnsupportedInput, ErrorCategory.InvalidType, value, $"{expected} is needed, not " +
            $"{(Argument.Unwrap(value) is object given ? $"an object of type {given.GetType().FullName}" : "nothing")}.{remedy}");

    /// <summary>The error record of a picture that does not have its reference's size.</summary>
    public static ErrorRecord SizeMismatch(PixelDataset picture, PixelDataset reference, object? target)
    {
        (PixelDataset small, PixelDataset large) = picture.PixelCount < reference.PixelCount ? (picture, reference) : (reference, picture);
        int side = Math.Max(small.Width, small.Height);
        bool haveOneShape = PictureResampler.SizeFor(large.Width, large.Height, side) == (small.Width, small.Height);
        return Of(ErrorIds.SizeMismatch, ErrorCategory.InvalidArgument, target,
            FormattableString.Invariant($"'{picture.Name}' is {picture.Width} x {picture.Height} pixels and the reference '{reference.Name}' ") +
            FormattableString.Invariant($"{reference.Width} x {reference.Height}; only pictures of one size can be compared. ") +
            (haveOneShape
                ? FormattableString.Invariant($"Read '{large.Name}' with New-PixelDataset -MaxSize {side}.")
                : "Give a picture of the reference's size.") +
            FormattableString.Invariant($" If a network painted '{picture.Name}', paint it again with Export-GeneratedImage ") +
            FormattableString.Invariant($"-Width {reference.Width} -Height {reference.Height}."));
    }

    // Of the machine, or of a container or job that has less: the runtime knows it.
    private static double Available => (double)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);

    private static ErrorCategory CategoryOf(PictureProblem problem) => problem switch
    {
        PictureProblem.NotFound or PictureProblem.FolderMissing => ErrorCategory.ObjectNotFound,
        PictureProblem.IsFolder => ErrorCategory.InvalidType,
        PictureProblem.AccessDenied => ErrorCategory.PermissionDenied,
        PictureProblem.Empty or PictureProblem.NotAPicture or PictureProblem.Damaged or PictureProblem.NotFinite or
            PictureProblem.NothingToLearn or PictureProblem.NothingHeldOut => ErrorCategory.InvalidData,
        PictureProblem.UnsupportedFormat or PictureProblem.UnsupportedBitDepth or PictureProblem.MaskSizeMismatch or PictureProblem.InvalidName =>
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
        ModelFileProblem.NotFound or ModelFileProblem.FolderMissing or ModelFileProblem.StartMissing => ErrorCategory.ObjectNotFound,
        ModelFileProblem.IsFolder => ErrorCategory.InvalidType,
        ModelFileProblem.AccessDenied => ErrorCategory.PermissionDenied,
        ModelFileProblem.UnknownVersion => ErrorCategory.NotImplemented,
        ModelFileProblem.TooLarge => ErrorCategory.LimitsExceeded,
        ModelFileProblem.SizeUnknown or ModelFileProblem.Unsupported or ModelFileProblem.OtherPicture or ModelFileProblem.InvalidName =>
            ErrorCategory.InvalidArgument,
        ModelFileProblem.ReadFailed => ErrorCategory.ReadError,
        ModelFileProblem.FileExists => ErrorCategory.ResourceExists,
        ModelFileProblem.InUse => ErrorCategory.ResourceBusy,
        ModelFileProblem.WriteFailed => ErrorCategory.WriteError,
        // Everything that can be wrong with a file's content.
        _ => ErrorCategory.InvalidData,
    };
}
