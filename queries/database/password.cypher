// How do we shut the door that a new server leaves open?
// $old: string, the password every new server has
// $new: string, the generated one
ALTER CURRENT USER SET PASSWORD FROM $old TO $new
