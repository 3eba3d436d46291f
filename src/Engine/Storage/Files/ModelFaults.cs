using System.Text;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>What a file of this program holds; the remedy for one that cannot be loaded depends on it.</summary>
internal enum ModelFileKind
{
    /// <summary>A network.</summary>
    Model,

    /// <summary>The state of a run.</summary>
    Checkpoint,

    /// <summary>Snapshots of a run's network.</summary>
    Snapshots,
}

/// <summary>Makes the errors of one file that cannot be loaded.</summary>
/// <param name="path">The file.</param>
/// <param name="kind">What the file was to hold.</param>
internal sealed class ModelFaults(string path, ModelFileKind kind = ModelFileKind.Model)
{
    private const int MaxQuotedLength = 40;

    /// <summary>The error for a file in which something is wrong.</summary>
    /// <param name="problem">The kind of problem; the remedy depends on it.</param>
    /// <param name="what">What is wrong, a clause without a full stop.</param>
    /// <param name="cause">What was caught, or null.</param>
    /// <param name="remedy">What to do; null for what the problem's kind asks for.</param>
    public ModelFileException Of(ModelFileProblem problem, string what, Exception? cause = null, string? remedy = null) =>
        new(problem, path, $"'{path}' cannot be loaded: {what}. {remedy ?? RemedyOf(problem, cause)}", cause);

    /// <summary>Reads the file; where the disk or the memory fails, that is an error of the file too.</summary>
    public T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException exception)
        {
            throw Of(ModelFileProblem.Truncated, "it became shorter while it was read", exception);
        }
        catch (Exception exception) when (LoadFailure.IsOfDisk(exception))
        {
            throw Of(ModelFileProblem.ReadFailed, "it could not be read to its end", exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw Of(ModelFileProblem.TooLarge, "there is not enough memory for its network", exception);
        }
    }

    /// <summary>Text out of the file, made safe for a message: short, and without control characters.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (quoted.Length > MaxQuotedLength)
            {
                quoted.Append("...");
                break;
            }
            quoted.Append(PlainText.IsPlain(rune) ? rune.ToString() : "?");
        }
        return quoted.Append('\'').ToString();
    }

    private string RemedyOf(ModelFileProblem problem, Exception? cause) =>
        problem == ModelFileProblem.ReadFailed && cause is not null && WriteFailure.IsInUse(cause)
            ? "Another program has it open; wait until it is closed." : Remedy(problem);

    private string Remedy(ModelFileProblem problem) => (problem, kind) switch
    {
        (ModelFileProblem.AccessDenied, _) => "Ask for permission, or copy it to where you may read it.",
        (ModelFileProblem.ReadFailed, _) => "Check that its disk is still connected and try again.",

        (ModelFileProblem.NotFound, ModelFileKind.Checkpoint) => "Check the name and the folder, or begin a run with -CheckpointPath.",
        (ModelFileProblem.IsFolder, ModelFileKind.Checkpoint) => "Give the checkpoint of the picture in it.",
        (ModelFileProblem.NotSafetensors or ModelFileProblem.NotACheckpoint, ModelFileKind.Checkpoint) =>
            "Give a checkpoint that Invoke-MlpTraining wrote.",
        (ModelFileProblem.UnknownVersion, ModelFileKind.Checkpoint) => "Resume it with the MonaLisa.PS that wrote it.",
        (ModelFileProblem.TooLarge, ModelFileKind.Checkpoint) => "Resume it on a machine with more memory.",
        (ModelFileProblem.OtherPicture, ModelFileKind.Checkpoint) =>
            "Resume it with the picture it was begun with, or begin a new run from its weights.",
        (_, ModelFileKind.Checkpoint) => "Copy it again from where it came, or begin the run anew.",

        (ModelFileProblem.NotFound, ModelFileKind.Snapshots) => "Check the name and the folder, or begin a run with -SnapshotPath.",
        (ModelFileProblem.IsFolder, ModelFileKind.Snapshots) => "Give the snapshots of a picture in it.",
        (ModelFileProblem.NotSnapshots, ModelFileKind.Snapshots) => "Give a file that Invoke-MlpTraining -SnapshotPath wrote.",
        (ModelFileProblem.UnknownVersion, ModelFileKind.Snapshots) => "Install a newer MonaLisa.PS.",
        (ModelFileProblem.TooLarge, ModelFileKind.Snapshots) => "Give the snapshots of a smaller network.",
        (ModelFileProblem.OtherPicture, ModelFileKind.Snapshots) => "Give the picture that the run learned.",
        (_, ModelFileKind.Snapshots) => "Copy it again from where it came, or train again.",

        (ModelFileProblem.NotFound, _) => "Check the name and the folder.",
        (ModelFileProblem.IsFolder, _) => "Give the model files in it, for example with a wildcard.",
        (ModelFileProblem.NotSafetensors or ModelFileProblem.NotAModel, _) => "Give a model file that MonaLisa.PS saved.",
        (ModelFileProblem.UnknownVersion, _) => "Install a newer MonaLisa.PS, or save the model again with this one.",
        (ModelFileProblem.TooLarge, _) => "Give a smaller model.",
        (ModelFileProblem.StartMissing, _) => "Copy the right one into the folder, or give it with Import-MlpModel -Start.",
        (ModelFileProblem.NotFinite, _) => "Train the network again and save it anew.",
        _ => "Copy or download it again, or save the model anew.",
    };
}
