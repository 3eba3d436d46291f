using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>
/// Shows tables with the gaps of the picture filled while they are measured or saved, and puts them back as they were: what a step
/// computes must not depend on whether someone looked before it.
/// </summary>
/// <param name="learner">Whose tables.</param>
internal sealed class GapFilling(TableLearner learner)
{
    private readonly AlignedBuffer[] _hidden = [.. learner.Tables.Select(table => new AlignedBuffer(table.Length))];
    private long _stepsAtFill = -1;

    /// <summary>Puts the filled tables in the tables' place; they are filled anew only after another step.</summary>
    /// <param name="steps">Steps done.</param>
    public void Show(long steps)
    {
        if (_stepsAtFill == steps)
        {
            Exchange();
            return;
        }
        for (int table = 0; table < _hidden.Length; table++)
            learner.Tables[table].Span.CopyTo(_hidden[table].Span);
        learner.FillUntouched();
        _stepsAtFill = steps;
    }

    /// <summary>Puts the tables back.</summary>
    public void Hide() => Exchange();

    private void Exchange()
    {
        for (int table = 0; table < _hidden.Length; table++)
            learner.Tables[table].ExchangeWith(_hidden[table]);
    }
}
