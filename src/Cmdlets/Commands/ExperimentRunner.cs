using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Checks and does the runs of an experiment, by the commands that a user would call.</summary>
/// <param name="nested">Calls them.</param>
internal sealed class ExperimentRunner(NestedCommand nested)
{
    /// <summary>Throws unless a setting's parameters go together, as far as that does not depend on a picture.</summary>
    /// <exception cref="NestedCommandException">They do not.</exception>
    public void Check(ExperimentSetting setting, int seed)
    {
        if (setting.NeedsNetwork)
            nested.Run(typeof(NewMlpNetworkCommand), setting.NetworkParameters(seed));
        nested.Run(typeof(InvokeMlpTrainingCommand), setting.TrainingParameters(seed));
    }

    /// <summary>Throws unless a setting's network can be made for a picture.</summary>
    /// <exception cref="NestedCommandException">It cannot.</exception>
    public void Check(PixelDataset picture, ExperimentSetting setting, int seed)
    {
        if (setting.NeedsNetwork)
            nested.Run(typeof(InvokeMlpTrainingCommand), TrainingParameters(picture, setting, seed));
    }

    /// <summary>Trains.</summary>
    /// <exception cref="NestedCommandException">The run failed.</exception>
    public TrainingRun Train(PixelDataset picture, ExperimentSetting setting, int seed) =>
        (TrainingRun)nested.Run(typeof(InvokeMlpTrainingCommand), TrainingParameters(picture, setting, seed), picture).Single().BaseObject;

    /// <summary>
    /// The structural similarity of what a run paints, over its training pixels; null for a network that enlarges, which gives its picture
    /// back as it is.
    /// </summary>
    public double? Similarity(TrainingRun run) => run.Network.Design.Enlarges ? null
        : nested.Run(typeof(MeasureGeneratedImageCommand), new Dictionary<string, object>(), run)
            .Select(quality => (GeneratedImageQuality)quality.BaseObject).First(quality => quality.Pixels != PixelSet.HeldOut).Ssim;

    /// <summary>Saves a run's network to a model file.</summary>
    public void Save(TrainingRun run, string file) => nested.Run(typeof(ExportMlpModelCommand),
        new Dictionary<string, object> { ["Path"] = file, ["Force"] = true, ["WhatIf"] = false, ["Confirm"] = false }, run);

    private Dictionary<string, object> TrainingParameters(PixelDataset picture, ExperimentSetting setting, int seed)
    {
        Dictionary<string, object> parameters = setting.TrainingParameters(seed);
        if (setting.NeedsNetwork)
            parameters[nameof(InvokeMlpTrainingCommand.Network)] =
                nested.Run(typeof(NewMlpNetworkCommand), setting.NetworkParameters(seed), picture).Single().BaseObject;
        return parameters;
    }
}
