using MonaLisa.Engine;
using MonaLisa.Engine.Storage;

namespace MonaLisa.PowerShell;

/// <summary>Loads the model file that networks with latents are to start with.</summary>
internal static class LatentStartSource
{
    /// <summary>Loads a start.</summary>
    /// <param name="source">What was given.</param>
    /// <param name="command">The command that has the parameter.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <exception cref="ArgumentException">It is no model file, or no network can start with it.</exception>
    /// <exception cref="CommandException">There is no such file.</exception>
    /// <exception cref="ModelFileException">The file cannot be loaded.</exception>
    public static LatentStart Load(NetworkSource source, StoppableCommand command, string parameter)
    {
        if (source.Value is Mlp or TrainingRun)
            throw new ArgumentException(
                $"{parameter} must be the path of a model file, for what is compressed with it can only be read with it. Save it first: " +
                $"$start | Export-MlpModel start{CompressedModelFile.Extension} -Compress");
        string file = FileResolver.Single(command, source.Value, parameter);
        return LatentStartFiles.Require(command.LoadNetwork(file), file);
    }
}
