using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Where training tells what comes of it: the streams of a command, or of a job. Called on one thread.</summary>
internal interface ITrainingOutput
{
    /// <summary>Whether verbose text is wanted.</summary>
    bool IsVerbose { get; }

    /// <summary>A run that has ended.</summary>
    void WriteRun(TrainingRun run);

    /// <summary>A run that ended because everything was stopped; where it can still be kept, it is.</summary>
    void KeepStopped(TrainingRun run);

    /// <summary>What is wrong with one picture; the next goes on.</summary>
    void WriteError(ErrorRecord error);

    /// <summary>What would be wrong with every picture; throws.</summary>
    void Fail(ErrorRecord error);

    /// <summary>Verbose text.</summary>
    void WriteVerbose(string text);

    /// <summary>A warning.</summary>
    void WriteWarning(string text);

    /// <summary>How far something is.</summary>
    void WriteProgress(ProgressRecord record);
}
